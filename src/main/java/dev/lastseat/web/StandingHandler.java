package dev.lastseat.web;

import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.UserId;
import dev.lastseat.web.stream.StandingView;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Handles requests for what an event is to a user.
 */
final class StandingHandler {

	private final BookingService service;

	private final UserGuard guard;

	private final JsonMapper json;

	StandingHandler(BookingService service, UserGuard guard, JsonMapper json) {
		this.service = service;
		this.guard = guard;
		this.json = json;
	}

	Mono<ServerResponse> read(ServerRequest request) {
		EventId event = RequestReader.eventId(request);
		UserId user = RequestReader.userId(request);
		return this.guard.actFor(user, () -> snapshot(event, user));
	}

	private Mono<ServerResponse> snapshot(EventId event, UserId user) {
		return this.service.standing(event, user)
			.switchIfEmpty(Mono.error(OutcomeResponses::eventNotFound))
			.map((standing) -> PreparedResponse
				.ok(this.json.writeValueAsBytes(StandingView.of(event, user, standing))));
	}

}
