package dev.lastseat.web;

import java.util.Objects;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.JoinOutcome;
import dev.lastseat.booking.LeaveOutcome;
import dev.lastseat.booking.UserId;
import dev.lastseat.booking.WaitingPlace;
import dev.lastseat.web.problem.ProblemCode;
import dev.lastseat.web.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Maps the outcomes of requests to waiting lists to responses and problems.
 */
final class WaitingListResponses {

	private static final ProblemException NOT_WAITING = ProblemException.constant(ProblemCode.NOT_WAITING,
			"user not waiting for event");

	private static final ProblemException SEATS_FREE = ProblemException.constant(ProblemCode.SEATS_FREE,
			"a seat is free for the user");

	private static final ProblemException LIST_FULL = ProblemException.constant(ProblemCode.WAITING_LIST_FULL,
			"the waiting list is full");

	private final JsonMapper json;

	WaitingListResponses(JsonMapper json) {
		this.json = json;
	}

	Mono<ServerResponse> toJoin(JoinOutcome outcome, EventId event, UserId user) {
		return switch (outcome.kind()) {
			case JOINED -> Mono.just(joined(event, user, Objects.requireNonNull(outcome.place())));
			case ALREADY_WAITING -> Mono.just(waiting(event, user, Objects.requireNonNull(outcome.place())));
			case ALREADY_REGISTERED -> Refusals.alreadyRegistered();
			case SEATS_FREE -> Mono.error(SEATS_FREE);
			case CLOSED -> Refusals.closed();
			case LIST_FULL -> Mono.error(LIST_FULL);
			case EVENT_NOT_FOUND -> Mono.error(OutcomeResponses.eventNotFound());
		};
	}

	private ServerResponse joined(EventId event, UserId user, WaitingPlace place) {
		return new PreparedResponse(HttpStatus.CREATED, view(event, user, place),
				(headers) -> headers.set(HttpHeaders.LOCATION, Paths.waitingPlace(event, user)));
	}

	private ServerResponse waiting(EventId event, UserId user, WaitingPlace place) {
		return PreparedResponse.ok(view(event, user, place));
	}

	private byte[] view(EventId event, UserId user, WaitingPlace place) {
		return this.json.writeValueAsBytes(WaitingPlaceView.of(event, user, place));
	}

	/**
	 * @param place null when the user is not waiting
	 */
	Mono<ServerResponse> toLookup(@Nullable WaitingPlace place, EventId event, UserId user) {
		return (place != null) ? Mono.just(waiting(event, user, place)) : Mono.error(NOT_WAITING);
	}

	static Mono<ServerResponse> toLeave(LeaveOutcome outcome) {
		return switch (outcome) {
			case LEFT, NOT_WAITING -> ServerResponse.noContent().build();
			case EVENT_NOT_FOUND -> Mono.error(OutcomeResponses.eventNotFound());
		};
	}

}
