package dev.lastseat.web;

import dev.lastseat.booking.BookingService;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Handles requests for the journals of events.
 */
final class JournalHandler {

	private final BookingService service;

	private final JsonMapper json;

	JournalHandler(BookingService service, JsonMapper json) {
		this.service = service;
		this.json = json;
	}

	Mono<ServerResponse> read(ServerRequest request) {
		return this.service
			.journal(RequestReader.eventId(request), PageReader.journalCursor(request), PageReader.limit(request))
			.switchIfEmpty(Mono.error(OutcomeResponses::eventNotFound))
			.map((page) -> {
				String next = (page.next() != null) ? page.next().toString() : null;
				return OutcomeResponses.page(request, next, this.json.writeValueAsBytes(JournalView.of(page)));
			});
	}

}
