package dev.lastseat.web;

import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.HoldReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.UserId;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Handles the requests to holds.
 */
final class HoldHandler {

	private final BookingService service;

	private final UserGuard guard;

	private final BodyReader bodies;

	private final JsonMapper json;

	private final HoldResponses responses;

	HoldHandler(BookingService service, UserGuard guard, BodyReader bodies, JsonMapper json, Refusals refusals) {
		this.service = service;
		this.guard = guard;
		this.bodies = bodies;
		this.json = json;
		this.responses = new HoldResponses(refusals, json);
	}

	/**
	 * Holds a seat unless the user already has a hold. The request is safe to repeat
	 * after any failure.
	 */
	Mono<ServerResponse> ensure(ServerRequest request) {
		EventId event = RequestReader.eventId(request);
		UserId user = RequestReader.userId(request);
		Preconditions preconditions = Preconditions.of(request);
		return this.guard
			.actFor(user, () -> preconditions.apply(true, () -> this.service.hold(event, user),
					() -> requireHeld(event, user), (outcome) -> outcome.kind() == HoldOutcome.Kind.ALREADY_HELD))
			.flatMap((outcome) -> this.responses.toEnsure(outcome, event));
	}

	private Mono<HoldOutcome> requireHeld(EventId event, UserId user) {
		return this.service.findHold(event, user)
			.map((found) -> new HoldOutcome(HoldOutcome.Kind.ALREADY_HELD, found.orElseThrow(Preconditions::failed)))
			.defaultIfEmpty(HoldOutcome.refused(HoldOutcome.Kind.EVENT_NOT_FOUND));
	}

	/**
	 * Holds a seat for each user of a party, or no seat.
	 */
	Mono<ServerResponse> ensureParty(ServerRequest request) {
		EventId event = RequestReader.eventId(request);
		return this.bodies.read(request, MediaType.APPLICATION_JSON)
			.map((body) -> PartyRequest.read(body, Request.PartyHolding::new))
			.flatMap((party) -> this.service.hold(event, party)
				.flatMap((outcome) -> this.responses.toParty(outcome, event, party)));
	}

	Mono<ServerResponse> read(ServerRequest request) {
		EventId event = RequestReader.eventId(request);
		UserId user = RequestReader.userId(request);
		return this.guard.actFor(user, () -> this.service.findHold(event, user))
			.switchIfEmpty(Mono.error(OutcomeResponses::eventNotFound))
			.flatMap((found) -> HoldResponses.toLookup(found.orElse(null), event));
	}

	Mono<ServerResponse> release(ServerRequest request) {
		EventId event = RequestReader.eventId(request);
		UserId user = RequestReader.userId(request);
		Preconditions preconditions = Preconditions.of(request);
		return this.guard
			.actFor(user,
					() -> preconditions.apply(false, () -> this.service.releaseHold(event, user),
							() -> requireNotHeld(event, user), (outcome) -> outcome == HoldReleaseOutcome.NOT_HELD))
			.flatMap(HoldResponses::toRelease);
	}

	private Mono<HoldReleaseOutcome> requireNotHeld(EventId event, UserId user) {
		return this.service.findHold(event, user)
			.flatMap((found) -> found.isPresent() ? Mono.<HoldReleaseOutcome>error(Preconditions.failed())
					: Mono.just(HoldReleaseOutcome.NOT_HELD))
			.defaultIfEmpty(HoldReleaseOutcome.EVENT_NOT_FOUND);
	}

	Mono<ServerResponse> list(ServerRequest request) {
		EventId event = RequestReader.eventId(request);
		return this.service.holds(event, PageReader.holdQuery(request))
			.switchIfEmpty(Mono.error(OutcomeResponses::eventNotFound))
			.map((page) -> {
				String next = (page.next() != null) ? Cursors.write(Paths.holds(event), page.next()) : null;
				HoldListView view = new HoldListView(page.items().stream().map(UserHoldView::of).toList(), next);
				return OutcomeResponses.page(request, next, this.json.writeValueAsBytes(view));
			});
	}

}
