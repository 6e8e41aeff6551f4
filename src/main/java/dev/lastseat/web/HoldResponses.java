package dev.lastseat.web;

import java.util.Objects;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.HoldReleaseOutcome;
import dev.lastseat.booking.PartyHoldOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.web.problem.ProblemCode;
import dev.lastseat.web.problem.ProblemException;
import dev.lastseat.web.problem.Problems;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Maps the outcomes of requests to holds to responses and problems.
 */
final class HoldResponses {

	private static final ProblemException NOT_HELD = ProblemException.constant(ProblemCode.HOLD_NOT_FOUND,
			"user has no hold of event");

	private final Refusals refusals;

	private final JsonMapper json;

	HoldResponses(Refusals refusals, JsonMapper json) {
		this.refusals = refusals;
		this.json = json;
	}

	Mono<ServerResponse> toEnsure(HoldOutcome outcome, EventId event) {
		return switch (outcome.kind()) {
			case HELD -> Mono.just(created(event, Objects.requireNonNull(outcome.hold())));
			case ALREADY_HELD -> Mono.just(held(event, Objects.requireNonNull(outcome.hold())));
			case ALREADY_REGISTERED -> Refusals.alreadyRegistered();
			case NOT_OPEN -> this.refusals.notOpen(event);
			case CLOSED -> Refusals.closed();
			case SOLD_OUT -> Refusals.soldOut();
			case TOO_MANY_HOLDS -> Mono.error(Problems.tooManyHolds());
			case EVENT_NOT_FOUND -> Mono.error(OutcomeResponses.eventNotFound());
		};
	}

	private static ServerResponse created(EventId event, Hold hold) {
		return new PreparedResponse(HttpStatus.CREATED, HoldView.of(event, hold).toJson(),
				(headers) -> headers.set(HttpHeaders.LOCATION, Paths.hold(event, hold.user())));
	}

	private static ServerResponse held(EventId event, Hold hold) {
		return PreparedResponse.ok(HoldView.of(event, hold).toJson());
	}

	Mono<ServerResponse> toParty(PartyHoldOutcome outcome, EventId event, Request.PartyHolding party) {
		return switch (outcome.kind()) {
			case HELD -> Mono.just(PreparedResponse.of(HttpStatus.CREATED, view(event, party, outcome)));
			case ALREADY_HELD -> Mono.just(PreparedResponse.of(HttpStatus.OK, view(event, party, outcome)));
			case ALREADY_REGISTERED -> Refusals.alreadyRegistered();
			case NOT_OPEN -> this.refusals.notOpen(event);
			case CLOSED -> Refusals.closed();
			case SOLD_OUT -> Refusals.soldOut(outcome.remaining());
			case TOO_MANY_HOLDS -> Mono.error(Problems.tooManyHolds());
			case EVENT_NOT_FOUND -> Mono.error(OutcomeResponses.eventNotFound());
		};
	}

	private byte[] view(EventId event, Request.PartyHolding party, PartyHoldOutcome outcome) {
		return this.json.writeValueAsBytes(PartyHoldView.of(event, party, outcome));
	}

	/**
	 * @param hold null when the user has none
	 */
	static Mono<ServerResponse> toLookup(@Nullable Hold hold, EventId event) {
		return (hold != null) ? Mono.just(held(event, hold)) : Mono.error(NOT_HELD);
	}

	static Mono<ServerResponse> toRelease(HoldReleaseOutcome outcome) {
		return switch (outcome) {
			case RELEASED, NOT_HELD -> ServerResponse.noContent().build();
			case EVENT_NOT_FOUND -> Mono.error(OutcomeResponses.eventNotFound());
		};
	}

}
