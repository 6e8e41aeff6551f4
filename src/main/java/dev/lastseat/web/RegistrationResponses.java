package dev.lastseat.web;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.UserId;
import dev.lastseat.web.problem.ProblemCode;
import dev.lastseat.web.problem.ProblemException;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Maps the outcomes of requests to registrations to responses and problems.
 */
final class RegistrationResponses {

	private static final ProblemException NOT_REGISTERED = ProblemException.constant(ProblemCode.REGISTRATION_NOT_FOUND,
			"user not registered for event");

	private final Refusals refusals;

	private final JsonMapper json;

	RegistrationResponses(Refusals refusals, JsonMapper json) {
		this.refusals = refusals;
		this.json = json;
	}

	Mono<ServerResponse> toRegister(BookingOutcome outcome, EventId event, UserId user) {
		return (outcome == BookingOutcome.ALREADY_REGISTERED) ? Refusals.alreadyRegistered()
				: toEnsure(outcome, event, user);
	}

	Mono<ServerResponse> toEnsure(BookingOutcome outcome, EventId event, UserId user) {
		return switch (outcome) {
			case BOOKED, CONFIRMED ->
				Mono.just(new PreparedResponse(HttpStatus.CREATED, RegistrationView.of(event, user).toJson(),
						(headers) -> headers.set(HttpHeaders.LOCATION, Paths.of(event, user))));
			case ALREADY_REGISTERED -> registered(event, user);
			case NOT_OPEN -> this.refusals.notOpen(event);
			case CLOSED -> Refusals.closed();
			case SOLD_OUT -> Refusals.soldOut();
			case EVENT_NOT_FOUND -> Mono.error(OutcomeResponses.eventNotFound());
		};
	}

	Mono<ServerResponse> toParty(PartyOutcome outcome, EventId event) {
		return switch (outcome.kind()) {
			case BOOKED -> Mono.just(PreparedResponse.of(HttpStatus.CREATED, view(event, outcome)));
			case ALREADY_REGISTERED -> Mono.just(PreparedResponse.of(HttpStatus.OK, view(event, outcome)));
			case NOT_OPEN -> this.refusals.notOpen(event);
			case CLOSED -> Refusals.closed();
			case SOLD_OUT -> Refusals.soldOut(outcome.remaining());
			case EVENT_NOT_FOUND -> Mono.error(OutcomeResponses.eventNotFound());
		};
	}

	private byte[] view(EventId event, PartyOutcome outcome) {
		return this.json.writeValueAsBytes(PartyView.of(event, outcome));
	}

	private static Mono<ServerResponse> registered(EventId event, UserId user) {
		return Mono.just(PreparedResponse.ok(RegistrationView.of(event, user).toJson()));
	}

	static Mono<ServerResponse> toLookup(boolean registered, EventId event, UserId user) {
		return registered ? registered(event, user) : Mono.error(NOT_REGISTERED);
	}

	static Mono<ServerResponse> toRelease(ReleaseOutcome outcome) {
		return switch (outcome) {
			case RELEASED, NOT_REGISTERED -> ServerResponse.noContent().build();
			case EVENT_NOT_FOUND -> Mono.error(OutcomeResponses.eventNotFound());
		};
	}

}
