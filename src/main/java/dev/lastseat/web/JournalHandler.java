package dev.lastseat.web;

import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventId;
import dev.lastseat.web.stream.StatusStreams;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Handles requests for the journals of events, for pages or a stream.
 */
final class JournalHandler {

	private final BookingService service;

	private final StatusStreams streams;

	private final JsonMapper json;

	JournalHandler(BookingService service, StatusStreams streams, JsonMapper json) {
		this.service = service;
		this.streams = streams;
		this.json = json;
	}

	Mono<ServerResponse> read(ServerRequest request) {
		return StreamResponses.isRequested(request) ? watch(request) : page(request);
	}

	private Mono<ServerResponse> page(ServerRequest request) {
		return this.service
			.journal(RequestReader.eventId(request), PageReader.journalCursor(request), PageReader.limit(request))
			.switchIfEmpty(Mono.error(OutcomeResponses::eventNotFound))
			.map((page) -> {
				String next = (page.next() != null) ? page.next().toString() : null;
				return OutcomeResponses.page(request, next, this.json.writeValueAsBytes(JournalView.of(page)));
			});
	}

	/**
	 * A client that reconnects sends the position of its last entry in the header, and
	 * the query of its first request again. So the header counts.
	 */
	private Mono<ServerResponse> watch(ServerRequest request) {
		EventId event = RequestReader.eventId(request);
		long known = RequestReader.lastEventId(request);
		long after = (known >= 0) ? known : PageReader.journalCursor(request);
		return this.service.journal(event, after, 1)
			.switchIfEmpty(Mono.error(OutcomeResponses::eventNotFound))
			.flatMap((page) -> StreamResponses.of(request,
					(exchange) -> this.streams.writeJournal(exchange, event, after)));
	}

}
