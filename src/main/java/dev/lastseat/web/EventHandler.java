package dev.lastseat.web;

import java.util.List;

import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventQuery;
import dev.lastseat.booking.Page;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Requests about events.
 */
final class EventHandler {

	private final BookingService service;

	private final UserGuard guard;

	private final BodyReader bodies;

	private final EventChangeReader changes;

	EventHandler(BookingService service, UserGuard guard, BodyReader bodies, EventChangeReader changes) {
		this.service = service;
		this.guard = guard;
		this.bodies = bodies;
		this.changes = changes;
	}

	Mono<ServerResponse> create(ServerRequest request) {
		return this.bodies.read(request, EventRequest.class)
			.map(EventRequest::toDraft)
			.flatMap(this.service::create)
			.flatMap((event) -> ServerResponse.created(Paths.of(event.id()))
				.eTag(EntityTags.of(event))
				.bodyValue(EventView.of(event)));
	}

	Mono<ServerResponse> list(ServerRequest request) {
		return page(request, RequestReader.eventQuery(request));
	}

	Mono<ServerResponse> listOfUser(ServerRequest request) {
		return this.guard.actFor(RequestReader.userId(request),
				() -> page(request, RequestReader.eventQueryOfUser(request)));
	}

	private Mono<ServerResponse> page(ServerRequest request, EventQuery query) {
		return this.service.events(query).flatMap((page) -> {
			String next = (page.next() != null) ? Cursors.write(request.path(), page.next()) : null;
			return Answers.page(request, next).bodyValue(new EventListView(views(page), next));
		});
	}

	private static List<EventView> views(Page<Event, ?> page) {
		return page.items().stream().map(EventView::of).toList();
	}

	Mono<ServerResponse> read(ServerRequest request) {
		return existing(RequestReader.eventId(request)).flatMap(Answers::event);
	}

	Mono<ServerResponse> change(ServerRequest request) {
		EventId event = RequestReader.eventId(request);
		return this.bodies.read(request, JsonNode.class)
			.map(this.changes::read)
			.flatMap((change) -> this.service.change(event, change, EntityTags.ifMatch(request)))
			.flatMap((outcome) -> Answers.toChange(outcome, existing(event)));
	}

	Mono<ServerResponse> delete(ServerRequest request) {
		return this.service.delete(RequestReader.eventId(request)).flatMap(Answers::toDelete);
	}

	private Mono<Event> existing(EventId event) {
		return this.service.event(event).switchIfEmpty(Mono.error(Answers::eventNotFound));
	}

}
