package dev.lastseat.web;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.UserId;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Handles the requests to registrations.
 */
final class RegistrationHandler {

	private final BookingService service;

	private final UserGuard guard;

	private final BodyReader bodies;

	private final JsonMapper json;

	private final RegistrationResponses responses;

	RegistrationHandler(BookingService service, UserGuard guard, BodyReader bodies, JsonMapper json,
			Refusals refusals) {
		this.service = service;
		this.guard = guard;
		this.bodies = bodies;
		this.json = json;
		this.responses = new RegistrationResponses(refusals, json);
	}

	/**
	 * Books a ticket, or confirms the hold of the user. If the user already has a ticket,
	 * the response is a conflict.
	 */
	Mono<ServerResponse> register(ServerRequest request) {
		EventId event = RequestReader.eventId(request);
		return this.bodies.readUser(request)
			.flatMap((user) -> this.guard.actFor(user, () -> this.service.book(event, user))
				.flatMap((outcome) -> this.responses.toRegister(outcome, event, user)));
	}

	/**
	 * Books a ticket, or confirms the hold of the user, unless the user already has a
	 * ticket. The request is safe to repeat after any failure.
	 */
	Mono<ServerResponse> ensure(ServerRequest request) {
		EventId event = RequestReader.eventId(request);
		UserId user = RequestReader.userId(request);
		Preconditions preconditions = Preconditions.of(request);
		return this.guard
			.actFor(user, () -> preconditions.apply(true, () -> this.service.book(event, user),
					() -> requireRegistered(event, user), (outcome) -> outcome == BookingOutcome.ALREADY_REGISTERED))
			.flatMap((outcome) -> this.responses.toEnsure(outcome, event, user));
	}

	private Mono<BookingOutcome> requireRegistered(EventId event, UserId user) {
		return this.service.isRegistered(event, user)
			.flatMap((registered) -> registered ? Mono.just(BookingOutcome.ALREADY_REGISTERED)
					: Mono.<BookingOutcome>error(Preconditions.failed()))
			.defaultIfEmpty(BookingOutcome.EVENT_NOT_FOUND);
	}

	/**
	 * Books a ticket for each user of a party who has none, or books nothing.
	 */
	Mono<ServerResponse> ensureParty(ServerRequest request) {
		EventId event = RequestReader.eventId(request);
		return this.bodies.read(request, MediaType.APPLICATION_JSON)
			.map((body) -> PartyRequest.read(body, Request.PartyBooking::new))
			.flatMap((party) -> this.service.book(event, party))
			.flatMap((outcome) -> this.responses.toParty(outcome, event));
	}

	Mono<ServerResponse> read(ServerRequest request) {
		EventId event = RequestReader.eventId(request);
		UserId user = RequestReader.userId(request);
		return this.guard.actFor(user, () -> this.service.isRegistered(event, user))
			.switchIfEmpty(Mono.error(OutcomeResponses::eventNotFound))
			.flatMap((registered) -> RegistrationResponses.toLookup(registered, event, user));
	}

	Mono<ServerResponse> release(ServerRequest request) {
		EventId event = RequestReader.eventId(request);
		UserId user = RequestReader.userId(request);
		Preconditions preconditions = Preconditions.of(request);
		return this.guard
			.actFor(user, () -> preconditions.apply(false, () -> this.service.release(event, user),
					() -> requireNotRegistered(event, user), (outcome) -> outcome == ReleaseOutcome.NOT_REGISTERED))
			.flatMap(RegistrationResponses::toRelease);
	}

	private Mono<ReleaseOutcome> requireNotRegistered(EventId event, UserId user) {
		return this.service.isRegistered(event, user)
			.flatMap((registered) -> registered ? Mono.<ReleaseOutcome>error(Preconditions.failed())
					: Mono.just(ReleaseOutcome.NOT_REGISTERED))
			.defaultIfEmpty(ReleaseOutcome.EVENT_NOT_FOUND);
	}

	Mono<ServerResponse> list(ServerRequest request) {
		EventId event = RequestReader.eventId(request);
		return this.service.registrations(event, PageReader.registrationCursor(request), PageReader.limit(request))
			.switchIfEmpty(Mono.error(OutcomeResponses::eventNotFound))
			.map((page) -> {
				String next = (page.next() != null) ? Cursors.write(Paths.registrations(event), page.next()) : null;
				return OutcomeResponses.page(request, next, this.json.writeValueAsBytes(UserListView.of(page, next)));
			});
	}

}
