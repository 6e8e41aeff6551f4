package dev.lastseat.web;

import java.util.List;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.DeletionOutcome;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.InvalidInputException.Violation;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What each outcome is in HTTP.
 */
final class Answers {

	private Answers() {
	}

	static Mono<ServerResponse> toRegister(BookingOutcome outcome, EventId event, UserId user) {
		return (outcome == BookingOutcome.ALREADY_REGISTERED)
				? Mono.error(new ProblemException(ProblemCode.ALREADY_REGISTERED, "user already registered for event"))
				: toEnsure(outcome, event, user);
	}

	static Mono<ServerResponse> toEnsure(BookingOutcome outcome, EventId event, UserId user) {
		return switch (outcome) {
			case BOOKED -> ServerResponse.created(Paths.of(event, user)).bodyValue(RegistrationView.of(event, user));
			case ALREADY_REGISTERED -> ServerResponse.ok().bodyValue(RegistrationView.of(event, user));
			case SOLD_OUT -> Mono.error(new ProblemException(ProblemCode.SOLD_OUT, "event capacity reached"));
			case EVENT_NOT_FOUND -> Mono.error(eventNotFound());
		};
	}

	static Mono<ServerResponse> toLookup(boolean registered, EventId event, UserId user) {
		return registered ? ServerResponse.ok().bodyValue(RegistrationView.of(event, user))
				: Mono.error(new ProblemException(ProblemCode.REGISTRATION_NOT_FOUND, "user not registered for event"));
	}

	static Mono<ServerResponse> toRelease(ReleaseOutcome outcome) {
		return switch (outcome) {
			case RELEASED, NOT_REGISTERED -> ServerResponse.noContent().build();
			case EVENT_NOT_FOUND -> Mono.error(eventNotFound());
		};
	}

	/**
	 * A client may store it, but has to revalidate it before each use, which the tag
	 * makes cheap. The framework compares the tag with {@code If-None-Match} of a GET,
	 * and turns the answer into a 304 with the same headers.
	 */
	static Mono<ServerResponse> event(Event event) {
		return ServerResponse.ok()
			.cacheControl(CacheControl.noCache())
			.eTag(EntityTags.of(event))
			.bodyValue(EventView.of(event));
	}

	/**
	 * @param changed reads the event as it is now
	 */
	static Mono<ServerResponse> toChange(ChangeOutcome outcome, Mono<Event> changed) {
		return switch (outcome) {
			case CHANGED -> changed.flatMap(Answers::event);
			case EVENT_NOT_FOUND -> Mono.error(eventNotFound());
			case STALE -> Mono.error(
					new ProblemException(ProblemCode.PRECONDITION_FAILED, "the event has changed since it was read"));
			case CAPACITY_BELOW_SOLD -> Mono.error(new ProblemException(ProblemCode.CAPACITY_BELOW_SOLD,
					"more tickets are sold than the new capacity has"));
			case ENDS_BEFORE_START ->
				Mono.error(ProblemException.invalid(List.of(new Violation("endsAt", "must not be before startsAt"))));
		};
	}

	static Mono<ServerResponse> toDelete(DeletionOutcome outcome) {
		return switch (outcome) {
			case DELETED -> ServerResponse.noContent().build();
			case HAS_REGISTRATIONS ->
				Mono.error(new ProblemException(ProblemCode.EVENT_HAS_REGISTRATIONS, "the event has registrations"));
			case EVENT_NOT_FOUND -> Mono.error(eventNotFound());
		};
	}

	/**
	 * The answer to a request for a page, with a link to the next one where there is one.
	 */
	static ServerResponse.BodyBuilder page(ServerRequest request, @Nullable String next) {
		ServerResponse.BodyBuilder answer = ServerResponse.ok();
		if (next != null) {
			UriComponents target = UriComponentsBuilder.fromUri(request.uri())
				.replaceQueryParam("after", next)
				.build(true);
			answer.header(HttpHeaders.LINK, "<" + target.getPath() + "?" + target.getQuery() + ">; rel=\"next\"");
		}
		return answer;
	}

	static ProblemException eventNotFound() {
		return new ProblemException(ProblemCode.EVENT_NOT_FOUND, "there is no such event");
	}

	/**
	 * To a request that names several.
	 */
	static ProblemException eventNotFound(EventId event) {
		return new ProblemException(ProblemCode.EVENT_NOT_FOUND, "there is no event " + event.value());
	}

}
