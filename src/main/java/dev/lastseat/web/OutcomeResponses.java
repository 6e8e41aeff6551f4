package dev.lastseat.web;

import java.util.Objects;
import java.util.function.Consumer;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.DeletionOutcome;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventCreation;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.InvalidInputException.Violation;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.UserId;
import dev.lastseat.web.problem.ProblemCode;
import dev.lastseat.web.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Maps the outcomes of the core to responses and problems.
 */
final class OutcomeResponses {

	private static final ProblemException ALREADY_REGISTERED = ProblemException.constant(ProblemCode.ALREADY_REGISTERED,
			"user already registered for event");

	private static final ProblemException SOLD_OUT = ProblemException.constant(ProblemCode.SOLD_OUT,
			"event capacity reached");

	private static final ProblemException EVENT_NOT_FOUND = ProblemException.constant(ProblemCode.EVENT_NOT_FOUND,
			"there is no such event");

	private static final ProblemException NOT_REGISTERED = ProblemException.constant(ProblemCode.REGISTRATION_NOT_FOUND,
			"user not registered for event");

	private static final String NO_CACHE = Objects.requireNonNull(CacheControl.noCache().getHeaderValue());

	private OutcomeResponses() {
	}

	/**
	 * @throws ProblemException for an outcome that is answered with a problem
	 */
	static ServerResponse toRegister(BookingOutcome outcome, EventId event, UserId user) {
		if (outcome == BookingOutcome.ALREADY_REGISTERED) {
			throw ALREADY_REGISTERED;
		}
		return toEnsure(outcome, event, user);
	}

	/**
	 * @throws ProblemException for an outcome that is answered with a problem
	 */
	static ServerResponse toEnsure(BookingOutcome outcome, EventId event, UserId user) {
		return switch (outcome) {
			case BOOKED -> new PreparedResponse(HttpStatus.CREATED, RegistrationView.of(event, user).toJson(),
					(headers) -> headers.set(HttpHeaders.LOCATION, Paths.of(event, user)));
			case ALREADY_REGISTERED -> registered(event, user);
			case SOLD_OUT -> throw SOLD_OUT;
			case EVENT_NOT_FOUND -> throw eventNotFound();
		};
	}

	private static ServerResponse registered(EventId event, UserId user) {
		return PreparedResponse.ok(RegistrationView.of(event, user).toJson());
	}

	static Mono<ServerResponse> toLookup(boolean registered, EventId event, UserId user) {
		return registered ? Mono.just(registered(event, user)) : Mono.error(NOT_REGISTERED);
	}

	static Mono<ServerResponse> toRelease(ReleaseOutcome outcome) {
		return switch (outcome) {
			case RELEASED, NOT_REGISTERED -> ServerResponse.noContent().build();
			case EVENT_NOT_FOUND -> Mono.error(eventNotFound());
		};
	}

	static Mono<ServerResponse> toCreation(EventCreation creation, EncodedEvents views, Preconditions preconditions) {
		Event event = creation.event();
		if (event == null) {
			return Mono.error(new ProblemException(ProblemCode.EVENT_EXISTS, "the id belongs to another event"));
		}
		if (creation.outcome() == EventCreation.Outcome.CREATED) {
			return Mono.just(created(event, views));
		}
		return preconditions.areMetBy(event) ? Mono.just(event(event, views)) : Mono.error(Preconditions.failed());
	}

	/**
	 * @param views encodes the event
	 */
	static ServerResponse created(Event event, EncodedEvents views) {
		return new PreparedResponse(HttpStatus.CREATED, views.encode(event), (headers) -> {
			headers.set(HttpHeaders.LOCATION, Paths.of(event.id()));
			headers.set(HttpHeaders.ETAG, entityTag(event));
		});
	}

	private static String entityTag(Event event) {
		return "\"" + event.revision() + "\"";
	}

	/**
	 * @param views encodes the event
	 */
	static Mono<ServerResponse> toRead(Event event, EncodedEvents views, Preconditions preconditions) {
		if (!preconditions.matches(event)) {
			return Mono.error(Preconditions.failed());
		}
		return preconditions.areMetBy(event) ? Mono.just(event(event, views))
				: ServerResponse.status(HttpStatus.NOT_MODIFIED)
					.cacheControl(CacheControl.noCache())
					.eTag(entityTag(event))
					.build();
	}

	/**
	 * A client may store the event but must revalidate it before each use. The entity tag
	 * makes this cheap.
	 */
	private static ServerResponse event(Event event, EncodedEvents views) {
		return new PreparedResponse(HttpStatus.OK, views.encode(event), (headers) -> {
			headers.set(HttpHeaders.CACHE_CONTROL, NO_CACHE);
			headers.set(HttpHeaders.ETAG, entityTag(event));
		});
	}

	/**
	 * @param changed reads the changed event
	 */
	static Mono<ServerResponse> toChange(ChangeOutcome outcome, Mono<Event> changed, EncodedEvents views) {
		return switch (outcome) {
			case CHANGED -> changed.map((event) -> event(event, views));
			case EVENT_NOT_FOUND -> Mono.error(eventNotFound());
			case STALE -> Mono.error(Preconditions.failed());
			case CAPACITY_BELOW_SOLD -> Mono.error(new ProblemException(ProblemCode.CAPACITY_BELOW_SOLD,
					"more tickets are sold than the new capacity allows"));
			case ENDS_BEFORE_START ->
				Mono.error(ProblemException.invalid(new Violation("endsAt", "must not be before startsAt")));
		};
	}

	static Mono<ServerResponse> toDelete(DeletionOutcome outcome) {
		return switch (outcome) {
			case DELETED -> ServerResponse.noContent().build();
			case HAS_REGISTRATIONS ->
				Mono.error(new ProblemException(ProblemCode.EVENT_HAS_REGISTRATIONS, "the event has registrations"));
			case STALE -> Mono.error(Preconditions.failed());
			case EVENT_NOT_FOUND -> Mono.error(eventNotFound());
		};
	}

	/**
	 * The response with a page of a list. Unless the page is the last one, it links to
	 * the next page.
	 * @param next the cursor of the next page; null on the last page
	 * @param body the page as JSON in UTF-8
	 */
	static ServerResponse page(ServerRequest request, @Nullable String next, byte[] body) {
		return new PreparedResponse(HttpStatus.OK, body, (headers) -> {
			if (next != null) {
				UriComponents target = UriComponentsBuilder.fromUri(request.uri())
					.replaceQueryParam("after", next)
					.build(true);
				headers.set(HttpHeaders.LINK, "<" + target.getPath() + "?" + target.getQuery() + ">; rel=\"next\"");
			}
		});
	}

	static ProblemException eventNotFound() {
		return EVENT_NOT_FOUND;
	}

}
