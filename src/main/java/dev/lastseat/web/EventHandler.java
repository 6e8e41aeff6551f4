package dev.lastseat.web;

import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.Event;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Requests about events.
 */
final class EventHandler {

	private final BookingService service;

	EventHandler(BookingService service) {
		this.service = service;
	}

	Mono<ServerResponse> create(ServerRequest request) {
		return RequestReader.body(request, EventRequest.class)
			.map(EventRequest::toDraft)
			.flatMap(this.service::create)
			.flatMap((event) -> ServerResponse.created(Paths.of(event.id())).bodyValue(EventView.of(event)));
	}

	Mono<ServerResponse> list(ServerRequest request) {
		return Mono.fromSupplier(() -> RequestReader.limit(request))
			.flatMapMany(this.service::events)
			.map(EventView::of)
			.collectList()
			.flatMap((events) -> ServerResponse.ok().bodyValue(new EventListView(events)));
	}

	Mono<ServerResponse> read(ServerRequest request) {
		return existing(request).flatMap((event) -> ServerResponse.ok().bodyValue(EventView.of(event)));
	}

	Mono<ServerResponse> status(ServerRequest request) {
		return existing(request).flatMap((event) -> ServerResponse.ok().bodyValue(StatusView.of(event)));
	}

	private Mono<Event> existing(ServerRequest request) {
		return this.service.event(RequestReader.eventId(request)).switchIfEmpty(Mono.error(Answers::eventNotFound));
	}

}
