package dev.lastseat.web;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.UserId;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerResponse;

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

	static ProblemException eventNotFound() {
		return new ProblemException(ProblemCode.EVENT_NOT_FOUND, "there is no such event");
	}

}
