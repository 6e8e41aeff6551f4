package dev.lastseat.web;

import java.util.Optional;

import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.JoinOutcome;
import dev.lastseat.booking.LeaveOutcome;
import dev.lastseat.booking.UserId;
import dev.lastseat.booking.WaitingPlace;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Handles the requests to waiting lists.
 */
final class WaitingListHandler {

	private final BookingService service;

	private final UserGuard guard;

	private final JsonMapper json;

	private final WaitingListResponses responses;

	WaitingListHandler(BookingService service, UserGuard guard, JsonMapper json) {
		this.service = service;
		this.guard = guard;
		this.json = json;
		this.responses = new WaitingListResponses(json);
	}

	/**
	 * Puts a user at the end of the waiting list, unless the user is already waiting. The
	 * request is safe to repeat after any failure.
	 */
	Mono<ServerResponse> join(ServerRequest request) {
		EventId event = RequestReader.eventId(request);
		UserId user = RequestReader.userId(request);
		Preconditions preconditions = Preconditions.of(request);
		return this.guard
			.actFor(user, () -> preconditions.apply(true, () -> this.service.join(event, user),
					() -> requireWaiting(event, user), (outcome) -> outcome.kind() == JoinOutcome.Kind.ALREADY_WAITING))
			.flatMap((outcome) -> this.responses.toJoin(outcome, event, user));
	}

	private Mono<JoinOutcome> requireWaiting(EventId event, UserId user) {
		return findPlace(event, user)
			.map((found) -> new JoinOutcome(JoinOutcome.Kind.ALREADY_WAITING, found.orElseThrow(Preconditions::failed)))
			.defaultIfEmpty(JoinOutcome.refused(JoinOutcome.Kind.EVENT_NOT_FOUND));
	}

	/**
	 * @return the place, if the user is waiting; empty when the event does not exist
	 */
	private Mono<Optional<WaitingPlace>> findPlace(EventId event, UserId user) {
		return this.service.standing(event, user).map((standing) -> Optional.ofNullable(standing.place()));
	}

	Mono<ServerResponse> read(ServerRequest request) {
		EventId event = RequestReader.eventId(request);
		UserId user = RequestReader.userId(request);
		return this.guard.actFor(user, () -> findPlace(event, user))
			.switchIfEmpty(Mono.error(OutcomeResponses::eventNotFound))
			.flatMap((found) -> this.responses.toLookup(found.orElse(null), event, user));
	}

	Mono<ServerResponse> leave(ServerRequest request) {
		EventId event = RequestReader.eventId(request);
		UserId user = RequestReader.userId(request);
		Preconditions preconditions = Preconditions.of(request);
		return this.guard
			.actFor(user,
					() -> preconditions.apply(false, () -> this.service.leave(event, user),
							() -> requireNotWaiting(event, user), (outcome) -> outcome == LeaveOutcome.NOT_WAITING))
			.flatMap(WaitingListResponses::toLeave);
	}

	private Mono<LeaveOutcome> requireNotWaiting(EventId event, UserId user) {
		return findPlace(event, user).flatMap((found) -> found.isPresent()
				? Mono.<LeaveOutcome>error(Preconditions.failed()) : Mono.just(LeaveOutcome.NOT_WAITING))
			.defaultIfEmpty(LeaveOutcome.EVENT_NOT_FOUND);
	}

	Mono<ServerResponse> list(ServerRequest request) {
		EventId event = RequestReader.eventId(request);
		return this.service.waitingList(event, PageReader.waitingListCursor(request), PageReader.limit(request))
			.switchIfEmpty(Mono.error(OutcomeResponses::eventNotFound))
			.map((page) -> {
				String next = (page.next() != null)
						? Cursors.writeWaitingListCursor(Paths.waitingList(event), page.next()) : null;
				return OutcomeResponses.page(request, next, this.json.writeValueAsBytes(UserListView.of(page, next)));
			});
	}

}
