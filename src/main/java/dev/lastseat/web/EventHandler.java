package dev.lastseat.web;

import java.util.List;

import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventCreation;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventQuery;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.StorageException;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Handles the requests to events.
 */
final class EventHandler {

	private final BookingService service;

	private final UserGuard guard;

	private final BodyReader bodies;

	private final JsonMapper json;

	private final EncodedEvents views;

	EventHandler(BookingService service, UserGuard guard, BodyReader bodies, JsonMapper json) {
		this.service = service;
		this.guard = guard;
		this.bodies = bodies;
		this.json = json;
		this.views = new EncodedEvents(json, EventView::of);
	}

	Mono<ServerResponse> create(ServerRequest request) {
		return this.bodies.read(request, MediaType.APPLICATION_JSON)
			.map(EventRequest::toDraft)
			.flatMap(this.service::create)
			.map((event) -> OutcomeResponses.created(event, this.views));
	}

	/**
	 * Creates the event with the id of the path, or answers with the event if an earlier
	 * request created it.
	 */
	Mono<ServerResponse> ensure(ServerRequest request) {
		EventId event = RequestReader.newEventId(request);
		Preconditions preconditions = Preconditions.of(request);
		return this.bodies.read(request, MediaType.APPLICATION_JSON)
			.map(EventRequest::toDraft)
			.flatMap((draft) -> preconditions.requiresExisting() ? compare(event, draft)
					: this.service.create(event, draft))
			.flatMap((creation) -> OutcomeResponses.toCreation(creation, this.views, preconditions));
	}

	private Mono<EventCreation> compare(EventId event, EventDraft draft) {
		return this.service.findLatest(event)
			.map((found) -> draft.matches(found) ? new EventCreation(EventCreation.Outcome.ALREADY_CREATED, found)
					: EventCreation.ID_TAKEN)
			.switchIfEmpty(Mono.error(Preconditions::failed));
	}

	Mono<ServerResponse> list(ServerRequest request) {
		return page(request, PageReader.eventQuery(request));
	}

	Mono<ServerResponse> listOfUser(ServerRequest request) {
		return this.guard.actFor(RequestReader.userId(request),
				() -> page(request, PageReader.eventQueryOfUser(request)));
	}

	private Mono<ServerResponse> page(ServerRequest request, EventQuery query) {
		return this.service.list(query).map((page) -> {
			String list = (query.registered() != null) ? Paths.registrations(query.registered()) : Paths.EVENTS;
			String next = (page.next() != null) ? Cursors.write(list, page.next()) : null;
			return OutcomeResponses.page(request, next,
					this.json.writeValueAsBytes(new EventListView(views(page), next)));
		});
	}

	private static List<EventView> views(Page<Event, ?> page) {
		return page.items().stream().map(EventView::of).toList();
	}

	Mono<ServerResponse> read(ServerRequest request) {
		Preconditions preconditions = Preconditions.of(request);
		return this.service.find(RequestReader.eventId(request))
			.switchIfEmpty(Mono.error(OutcomeResponses::eventNotFound))
			.flatMap((event) -> OutcomeResponses.toRead(event, this.views, preconditions));
	}

	Mono<ServerResponse> change(ServerRequest request) {
		EventId event = RequestReader.eventId(request);
		return this.bodies.read(request, MediaType.APPLICATION_JSON, BodyTypes.MERGE_PATCH)
			.map(EventPatch::read)
			.flatMap((change) -> this.service.change(event, change, Preconditions.of(request).onRevision()))
			.flatMap((outcome) -> OutcomeResponses.toChange(outcome, changed(event), this.views));
	}

	Mono<ServerResponse> delete(ServerRequest request) {
		return this.service
			.delete(RequestReader.eventId(request), RequestReader.withRegistrations(request),
					Preconditions.of(request).onRevision())
			.flatMap(OutcomeResponses::toDelete);
	}

	/**
	 * Reads the changed event. If this read fails, the outcome is unknown to the client,
	 * because the change has taken effect.
	 */
	private Mono<Event> changed(EventId event) {
		return this.service.findLatest(event)
			.switchIfEmpty(Mono.error(OutcomeResponses::eventNotFound))
			.onErrorMap(StorageException.class, StorageException.OutcomeUnknown::new);
	}

}
