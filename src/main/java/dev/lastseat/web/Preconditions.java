package dev.lastseat.web;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.lastseat.booking.Event;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.web.problem.ProblemCode;
import dev.lastseat.web.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The preconditions of a request (RFC 9110, 13.1). Entity tags are compared as texts:
 * strongly with {@code If-Match}, weakly with {@code If-None-Match}. An {@code If-Match}
 * that cannot be parsed matches nothing. An {@code If-None-Match} that cannot be parsed
 * is ignored in a read, and counts as {@code *} in a write.
 * <p>
 * Spring parses the tags. It does not evaluate them, because its {@code checkNotModified}
 * ignores {@code If-Match} of a {@code GET} and answers 200 to {@code If-None-Match: *}.
 *
 * @param match the tags of {@code If-Match}; null without that header
 * @param noneMatch the tags of {@code If-None-Match}
 */
record Preconditions(@Nullable List<ETag> match, List<ETag> noneMatch) {

	/** The entity tag of a revision, as this service writes it: {@code 00} is not 0. */
	private static final Pattern REVISION = Pattern.compile("0|[1-9]\\d{0,17}");

	static Preconditions of(ServerRequest request) {
		HttpHeaders headers = request.headers().asHttpHeaders();
		List<ETag> match = tags(headers, HttpHeaders.IF_MATCH);
		List<ETag> noneMatch = tags(headers, HttpHeaders.IF_NONE_MATCH);
		boolean unreadable = noneMatch.isEmpty() && headers.containsHeader(HttpHeaders.IF_NONE_MATCH);
		return new Preconditions(headers.containsHeader(HttpHeaders.IF_MATCH) ? match : null,
				(unreadable && !RequestFilters.isRead(request)) ? ETag.parse("*") : noneMatch);
	}

	private static List<ETag> tags(HttpHeaders headers, String name) {
		List<String> lines = headers.get(name);
		return (lines != null) ? ETag.parse(String.join(",", lines)) : List.of();
	}

	/**
	 * @return whether the request has an {@code If-Match}, which fails when the resource
	 * does not exist
	 */
	boolean requiresExisting() {
		return this.match != null;
	}

	/**
	 * @return the condition for a write to an event that exists
	 */
	RevisionCondition onRevision() {
		if (this.noneMatch.stream().anyMatch(ETag::isWildcard)) {
			return new RevisionCondition(Set.of(), Set.of());
		}
		Set<Long> noneOf = revisions(this.noneMatch, (tag) -> true);
		return (this.match == null || this.match.stream().anyMatch(ETag::isWildcard))
				? new RevisionCondition(null, noneOf)
				: new RevisionCondition(revisions(this.match, (tag) -> !tag.weak()), noneOf);
	}

	private static Set<Long> revisions(List<ETag> tags, Predicate<ETag> considered) {
		return tags.stream()
			.filter(considered)
			.map(ETag::tag)
			.filter(Preconditions::isRevision)
			.map(Long::valueOf)
			.collect(Collectors.toUnmodifiableSet());
	}

	private static boolean isRevision(String tag) {
		return REVISION.matcher(tag).matches();
	}

	private boolean areAbsent() {
		return this.match == null && this.noneMatch.isEmpty();
	}

	/**
	 * @return whether a write may change the event, or a read must return it
	 */
	boolean areMetBy(Event event) {
		return areAbsent() || onRevision().accepts(event.revision());
	}

	/**
	 * @return whether {@code If-Match} is absent or matches the event
	 */
	boolean matches(Event event) {
		return this.match == null || new Preconditions(this.match, List.of()).areMetBy(event);
	}

	/**
	 * @param exists whether the resource exists; it has no entity tag
	 */
	boolean areMetByUntagged(boolean exists) {
		boolean matched = this.match == null || (exists && this.match.stream().anyMatch(ETag::isWildcard));
		return matched && !(exists && this.noneMatch.stream().anyMatch(ETag::isWildcard));
	}

	static ProblemException failed() {
		return new ProblemException(ProblemCode.PRECONDITION_FAILED, "the precondition of the request is not met");
	}

	/**
	 * Makes a resource without an entity tag exist, or not exist. If the preconditions do
	 * not allow a change, its state is read instead.
	 * @param exists the state after the change
	 * @param change makes the change, unless the resource has that state already
	 * @param read gives the outcome if the resource has that state already, and fails
	 * with {@link #failed} if it does not
	 * @param unchanged whether the resource had that state before
	 */
	<T> Mono<T> apply(boolean exists, Supplier<Mono<T>> change, Supplier<Mono<T>> read, Predicate<T> unchanged) {
		return (areMetByUntagged(!exists) ? change : read).get()
			.flatMap((outcome) -> (unchanged.test(outcome) && !areMetByUntagged(exists)) ? Mono.error(failed())
					: Mono.just(outcome));
	}

	/**
	 * Checks the preconditions of a request to a list or to another existing resource
	 * that has no entity tag.
	 */
	static HandlerFunction<ServerResponse> checked(HandlerFunction<ServerResponse> handler) {
		return (request) -> checkUntagged(request, handler);
	}

	private static Mono<ServerResponse> checkUntagged(ServerRequest request, HandlerFunction<ServerResponse> next) {
		Preconditions preconditions = of(request);
		if (preconditions.areMetByUntagged(true)) {
			return next.handle(request);
		}
		return (RequestFilters.isRead(request)
				&& new Preconditions(preconditions.match, List.of()).areMetByUntagged(true))
						? next.handle(request).then(ServerResponse.status(HttpStatus.NOT_MODIFIED).build())
						: Mono.error(failed());
	}

}
