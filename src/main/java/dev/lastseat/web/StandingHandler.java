package dev.lastseat.web;

import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.UserId;
import dev.lastseat.web.stream.StandingView;
import dev.lastseat.web.stream.StatusStreams;
import dev.lastseat.web.stream.Watched;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Handles requests for what an event is to a user, once or as a stream.
 */
final class StandingHandler {

	private final BookingService service;

	private final UserGuard guard;

	private final StatusStreams streams;

	private final JsonMapper json;

	StandingHandler(BookingService service, UserGuard guard, StatusStreams streams, JsonMapper json) {
		this.service = service;
		this.guard = guard;
		this.streams = streams;
		this.json = json;
	}

	Mono<ServerResponse> read(ServerRequest request) {
		boolean stream = StreamResponses.isRequested(request);
		EventId event = RequestReader.eventId(request);
		UserId user = RequestReader.userId(request);
		return this.guard.actFor(user, () -> stream ? watch(request, event, user) : snapshot(event, user));
	}

	private Mono<ServerResponse> snapshot(EventId event, UserId user) {
		return this.service.standing(event, user)
			.switchIfEmpty(Mono.error(OutcomeResponses::eventNotFound))
			.map((standing) -> PreparedResponse
				.ok(this.json.writeValueAsBytes(StandingView.of(event, user, standing))));
	}

	/**
	 * The stream reads the standing itself. Whether the event exists is read before,
	 * because many subscribers share this read.
	 */
	private Mono<ServerResponse> watch(ServerRequest request, EventId event, UserId user) {
		return this.service.find(event)
			.switchIfEmpty(Mono.error(OutcomeResponses::eventNotFound))
			.flatMap((found) -> StreamResponses.of(request, (exchange) -> this.streams.write(exchange,
					Watched.standing(event, user), RequestReader.NO_REVISION)));
	}

}
