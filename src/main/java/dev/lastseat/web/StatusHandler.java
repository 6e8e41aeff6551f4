package dev.lastseat.web;

import java.util.Set;

import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventId;
import dev.lastseat.status.LiveStatus;
import dev.lastseat.web.stream.StatusFrame;
import dev.lastseat.web.stream.StatusStreams;
import dev.lastseat.web.stream.StatusView;
import dev.lastseat.web.stream.Watched;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Handles requests for the status of events, as a snapshot or as a stream.
 */
final class StatusHandler {

	/** The number of concurrent reads at the start of a stream of several events. */
	private static final int READ_CONCURRENCY = 16;

	private final BookingService service;

	private final LiveStatus<StatusFrame> live;

	private final StatusStreams streams;

	private final EncodedEvents snapshots;

	StatusHandler(BookingService service, LiveStatus<StatusFrame> live, StatusStreams streams, JsonMapper json) {
		this.service = service;
		this.live = live;
		this.streams = streams;
		this.snapshots = new EncodedEvents(json, StatusView::of);
	}

	Mono<ServerResponse> read(ServerRequest request) {
		boolean stream = StreamResponses.isRequested(request);
		EventId event = RequestReader.eventId(request);
		return stream ? watch(request, event) : snapshot(event);
	}

	private Mono<ServerResponse> snapshot(EventId event) {
		return this.service.find(event)
			.switchIfEmpty(Mono.error(OutcomeResponses::eventNotFound))
			.map((found) -> PreparedResponse.ok(this.snapshots.encode(found)));
	}

	private Mono<ServerResponse> watch(ServerRequest request, EventId event) {
		long known = RequestReader.lastEventId(request);
		return this.live.current(event)
			.filter(StatusFrame::closed)
			.flatMap((closed) -> Mono.<ServerResponse>error(OutcomeResponses.eventNotFound()))
			.switchIfEmpty(Mono.defer(() -> respond(request, Watched.one(event), known)));
	}

	Mono<ServerResponse> watchMany(ServerRequest request) {
		StreamResponses.requireStreamAccepted(request);
		Set<EventId> events = RequestReader.eventIds(request);
		return Flux.fromIterable(events)
			.flatMapSequential(this.live::current, READ_CONCURRENCY, 1)
			.collectList()
			.flatMap((current) -> (!current.isEmpty() && current.stream().allMatch(StatusFrame::closed))
					? Mono.error(OutcomeResponses.eventNotFound())
					: respond(request, Watched.many(events), RequestReader.NO_REVISION));
	}

	private Mono<ServerResponse> respond(ServerRequest request, Watched watched, long known) {
		return StreamResponses.of(request, (exchange) -> this.streams.write(exchange, watched, known));
	}

}
