package dev.lastseat.web;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.DeletionOutcome;
import dev.lastseat.booking.EventCreation;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.HoldReleaseOutcome;
import dev.lastseat.booking.JoinOutcome;
import dev.lastseat.booking.LeaveOutcome;
import dev.lastseat.booking.OverloadedException;
import dev.lastseat.booking.PartyHoldOutcome;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Standing;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;

import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Ways to provoke a response: properties of the request, the storage and the caller. Each
 * can be tried with every operation; on some it has no effect.
 */
enum Provocation {

	NOTHING((request, events) -> {
	}),

	DONE_BEFORE((request, events) -> {
		events.booking = Mono.just(BookingOutcome.ALREADY_REGISTERED);
		events.hold = Mono.just(new HoldOutcome(HoldOutcome.Kind.ALREADY_HELD, StubEvents.HOLD));
		events.party = Mono.just(new PartyOutcome(PartyOutcome.Kind.ALREADY_REGISTERED, List.of(),
				List.of(new UserId("ada"), new UserId("bob")), 0));
		events.partyHold = Mono.just(new PartyHoldOutcome(HoldOutcome.Kind.ALREADY_HELD, List.of(),
				List.of(StubEvents.HOLD, StubEvents.hold("bob")), 0));
		events.join = Mono.just(new JoinOutcome(JoinOutcome.Kind.ALREADY_WAITING, StubEvents.PLACE));
		events.creation = Mono.just(new EventCreation(EventCreation.Outcome.ALREADY_CREATED, ExampleRequest.CREATED));
	}),

	NOT_MODIFIED((request, events) -> request.ifNoneMatch = "*"),

	INVALID_REQUEST((request, events) -> request.makeInvalid()),

	INVALID_CURSOR((request, events) -> request.path += "?after=x"),

	FORBIDDEN((request, events) -> {
	}),

	NOT_FOUND((request, events) -> request.path = request.path.replace("sold-out", "unheard-of")),

	EVENT_NOT_FOUND((request, events) -> {
		events.found = Mono.empty();
		events.registered = Mono.empty();
		events.registrations = Mono.empty();
		events.booking = Mono.just(BookingOutcome.EVENT_NOT_FOUND);
		events.release = Mono.just(ReleaseOutcome.EVENT_NOT_FOUND);
		events.held = Mono.empty();
		events.holds = Mono.empty();
		events.hold = Mono.just(HoldOutcome.refused(HoldOutcome.Kind.EVENT_NOT_FOUND));
		events.holdRelease = Mono.just(HoldReleaseOutcome.EVENT_NOT_FOUND);
		events.party = Mono.just(PartyOutcome.refused(PartyOutcome.Kind.EVENT_NOT_FOUND));
		events.partyHold = Mono.just(PartyHoldOutcome.refused(HoldOutcome.Kind.EVENT_NOT_FOUND));
		events.join = Mono.just(JoinOutcome.refused(JoinOutcome.Kind.EVENT_NOT_FOUND));
		events.leave = Mono.just(LeaveOutcome.EVENT_NOT_FOUND);
		events.standing = Mono.empty();
		events.waitingList = Mono.empty();
		events.journal = Mono.empty();
		events.change = Mono.just(ChangeOutcome.EVENT_NOT_FOUND);
		events.deletion = Mono.just(DeletionOutcome.EVENT_NOT_FOUND);
	}),

	REGISTRATION_NOT_FOUND((request, events) -> events.registered = Mono.just(false)),

	HOLD_NOT_FOUND((request, events) -> events.held = Mono.just(false)),

	NOT_WAITING((request, events) -> events.standing = Mono.just(Standing.NONE)),

	/** The user has a hold. */
	HOLDING((request, events) -> events.standing = Mono.just(Standing.of(StubEvents.HOLD))),

	/** A seat is offered to the user. */
	OFFERED((request,
			events) -> events.standing = Mono
				.just(Standing.of(new Hold(StubEvents.HOLD.user(), StubEvents.HOLD.until(), true)))),

	SEATS_FREE((request, events) -> events.join = Mono.just(JoinOutcome.refused(JoinOutcome.Kind.SEATS_FREE))),

	WAITING_LIST_FULL((request, events) -> events.join = Mono.just(JoinOutcome.refused(JoinOutcome.Kind.LIST_FULL))),

	NOT_ACCEPTABLE((request, events) -> request.accept = "image/png"),

	/**
	 * The user of a request for a hold or for a place in the waiting list is registered.
	 */
	REGISTERED((request, events) -> {
		events.standing = Mono.just(Standing.REGISTERED);
		events.join = Mono.just(JoinOutcome.refused(JoinOutcome.Kind.ALREADY_REGISTERED));
		events.hold = Mono.just(HoldOutcome.refused(HoldOutcome.Kind.ALREADY_REGISTERED));
		events.partyHold = Mono.just(PartyHoldOutcome.refused(HoldOutcome.Kind.ALREADY_REGISTERED));
	}),

	SOLD_OUT((request, events) -> {
		events.booking = Mono.just(BookingOutcome.SOLD_OUT);
		events.hold = Mono.just(HoldOutcome.refused(HoldOutcome.Kind.SOLD_OUT));
		events.party = Mono.just(PartyOutcome.soldOut(1));
		events.partyHold = Mono.just(PartyHoldOutcome.soldOut(1));
	}),

	SALES_NOT_OPEN((request, events) -> {
		events.booking = Mono.just(BookingOutcome.NOT_OPEN);
		events.hold = Mono.just(HoldOutcome.refused(HoldOutcome.Kind.NOT_OPEN));
		events.party = Mono.just(PartyOutcome.refused(PartyOutcome.Kind.NOT_OPEN));
		events.partyHold = Mono.just(PartyHoldOutcome.refused(HoldOutcome.Kind.NOT_OPEN));
	}),

	SALES_CLOSED((request, events) -> {
		events.booking = Mono.just(BookingOutcome.CLOSED);
		events.hold = Mono.just(HoldOutcome.refused(HoldOutcome.Kind.CLOSED));
		events.party = Mono.just(PartyOutcome.refused(PartyOutcome.Kind.CLOSED));
		events.partyHold = Mono.just(PartyHoldOutcome.refused(HoldOutcome.Kind.CLOSED));
		events.join = Mono.just(JoinOutcome.refused(JoinOutcome.Kind.CLOSED));
	}),

	CAPACITY_BELOW_SOLD((request, events) -> events.change = Mono.just(ChangeOutcome.CAPACITY_BELOW_SOLD)),

	ENDS_BEFORE_START((request, events) -> events.change = Mono.just(ChangeOutcome.ENDS_BEFORE_START)),

	CLOSES_BEFORE_OPENING((request, events) -> events.change = Mono.just(ChangeOutcome.CLOSES_BEFORE_OPENING)),

	EVENT_HAS_REGISTRATIONS((request, events) -> events.deletion = Mono.just(DeletionOutcome.HAS_REGISTRATIONS)),

	EVENT_EXISTS((request, events) -> events.creation = Mono.just(EventCreation.ID_TAKEN)),

	PRECONDITION_FAILED((request, events) -> {
		request.ifMatch = "\"another\"";
		events.change = Mono.just(ChangeOutcome.STALE);
		events.deletion = Mono.just(DeletionOutcome.STALE);
	}),

	PAYLOAD_TOO_LARGE((request, events) -> request.body = "{\"title\": \"" + "x".repeat(100_000) + "\"}"),

	UNSUPPORTED_MEDIA_TYPE((request, events) -> request.type = MediaType.TEXT_PLAIN),

	OVERLOADED((request, events) -> {
		events.booking = Mono.error(new OverloadedException(OverloadedException.Reason.FULL));
		events.release = Mono.error(new OverloadedException(OverloadedException.Reason.FULL));
		events.hold = Mono.just(HoldOutcome.refused(HoldOutcome.Kind.TOO_MANY_HOLDS));
		events.holdRelease = Mono.error(new OverloadedException(OverloadedException.Reason.FULL));
		events.party = Mono.error(new OverloadedException(OverloadedException.Reason.FULL));
		events.partyHold = Mono.just(PartyHoldOutcome.refused(HoldOutcome.Kind.TOO_MANY_HOLDS));
		events.join = Mono.error(new OverloadedException(OverloadedException.Reason.FULL));
		events.leave = Mono.error(new OverloadedException(OverloadedException.Reason.FULL));
	}),

	STORAGE_UNAVAILABLE((request, events) -> failAll(events, new StorageException.Busy())),

	/** Applies to writes only. */
	OUTCOME_UNKNOWN((request, events) -> {
		if (!request.isRead()) {
			failAll(events, new StorageException.OutcomeUnknown(new IllegalStateException("no answer")));
		}
	}),

	INTERNAL_ERROR((request, events) -> failAll(events, new IllegalStateException("a mistake")));

	private final BiConsumer<ExampleRequest, StubEvents> change;

	Provocation(BiConsumer<ExampleRequest, StubEvents> change) {
		this.change = change;
	}

	private static void failAll(StubEvents events, RuntimeException error) {
		events.found = Mono.error(error);
		events.listed = Mono.error(error);
		events.registered = Mono.error(error);
		events.registrations = Mono.error(error);
		events.booking = Mono.error(error);
		events.release = Mono.error(error);
		events.held = Mono.error(error);
		events.holds = Mono.error(error);
		events.hold = Mono.error(error);
		events.holdRelease = Mono.error(error);
		events.party = Mono.error(error);
		events.partyHold = Mono.error(error);
		events.join = Mono.error(error);
		events.leave = Mono.error(error);
		events.standing = Mono.error(error);
		events.waitingList = Mono.error(error);
		events.journal = Mono.error(error);
		events.change = Mono.error(error);
		events.deletion = Mono.error(error);
		events.creation = Mono.error(error);
	}

	/**
	 * Sends the example request under these conditions, to a server, because streams are
	 * written to connections.
	 * @param answer receives the response before the server stops
	 */
	void send(DescribedOperation operation, Consumer<WebTestClient.ResponseSpec> answer) {
		StubEvents events = new StubEvents();
		events.found = Mono.just(ExampleRequest.GALA);
		events.listed = Mono.just(ExampleRequest.GALA);
		events.creation = Mono.just(new EventCreation(EventCreation.Outcome.CREATED, ExampleRequest.CREATED));
		ExampleRequest request = new ExampleRequest(WebSlice.DESCRIPTION, operation);
		this.change.accept(request, events);
		UserGuard guard = (user) -> (this == FORBIDDEN) ? Mono.error(new AccessDeniedException("another user"))
				: Mono.empty();
		DisposableServer server = WebSlice.serve(events, guard);
		try {
			answer.accept(request.send(WebSlice.client(server)));
		}
		finally {
			server.disposeNow();
		}
	}

}
