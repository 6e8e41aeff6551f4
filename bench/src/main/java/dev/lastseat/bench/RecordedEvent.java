package dev.lastseat.bench;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request.Booking;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import dev.lastseat.history.History;
import dev.lastseat.history.CheckResult;
import dev.lastseat.history.Recorder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An event whose bookings and cancellations are all recorded. */
final class RecordedEvent {

	/** A capacity that no run reaches. */
	static final int UNLIMITED = EventDraft.MAX_CAPACITY;

	private static final Instant SOME_DAY = Instant.parse("2030-01-01T00:00:00Z");

	private final Service service;

	private final EventId event;

	private final String path;

	private final Recorder recorder;

	private RecordedEvent(Service service, EventId event, int capacity) {
		this.service = service;
		this.event = event;
		this.path = "/api/v1/events/" + event + "/registrations";
		this.recorder = new Recorder(event, capacity);
	}

	static Mono<RecordedEvent> create(Service service, int capacity) {
		return service.bookings()
			.create(new EventDraft("A sale", null, SOME_DAY, null, capacity))
			.map((event) -> new RecordedEvent(service, event.id(), capacity));
	}

	EventId event() {
		return this.event;
	}

	/** Books a user over HTTP. */
	Mono<BookingOutcome> book(Connection connection, String user) {
		return recorded(user, connection.post(this.path, body(user)).map(RecordedEvent::outcome));
	}

	/**
	 * Cancels a user over HTTP. The response does not tell whether the user had a seat.
	 * @param expected the outcome that success means for this user
	 */
	Mono<ReleaseOutcome> cancel(Connection connection, String user, ReleaseOutcome expected) {
		return this.recorder.cancel(new UserId(user),
				connection.delete(this.path + "/" + user).map((reply) -> released(reply, expected)));
	}

	/** The body of a booking request. */
	static String body(String user) {
		return "{\"userId\":\"" + user + "\"}";
	}

	/** Books a user by the service, without HTTP. */
	Mono<BookingOutcome> book(String user) {
		return recorded(user, this.service.bookings().book(this.event, new UserId(user)));
	}

	/**
	 * Books users in the repository by one write, without HTTP and the event queue.
	 * Completes when all users have a seat.
	 */
	Mono<Void> register(List<String> users) {
		List<UserId> ids = users.stream().map(UserId::new).toList();
		Mono<Map<UserId, Outcome>> outcomes = this.service.events()
			.decide(this.event, ids.stream().<dev.lastseat.booking.Request>map(Booking::new).toList())
			.collectMap(Decision::user, Decision::outcome)
			.cache();
		return Flux.fromIterable(ids)
			.flatMap(
					(user) -> this.recorder.book(user, outcomes.map((all) -> all.get(user)).cast(BookingOutcome.class)),
					Math.max(1, ids.size()))
			.doOnNext(RecordedEvent::requireBooked)
			.then();
	}

	private static void requireBooked(BookingOutcome outcome) {
		if (outcome != BookingOutcome.BOOKED) {
			throw new IllegalStateException("a user must get a seat, but the outcome is " + outcome);
		}
	}

	/** Records a booking of any kind. */
	Mono<BookingOutcome> recorded(String user, Mono<BookingOutcome> booking) {
		return this.recorder.book(new UserId(user), booking);
	}

	/**
	 * @throws StorageException when nothing was decided
	 */
	static BookingOutcome outcome(Reply reply) {
		return switch (reply.status()) {
			case 201 -> BookingOutcome.BOOKED;
			case 409 -> refusal(reply);
			case 503 -> throw fault(reply);
			default -> throw unexpected(reply);
		};
	}

	/**
	 * @throws StorageException when nothing was decided
	 */
	static ReleaseOutcome released(Reply reply, ReleaseOutcome expected) {
		return switch (reply.status()) {
			case 204 -> expected;
			case 503 -> throw fault(reply);
			default -> throw unexpected(reply);
		};
	}

	private static BookingOutcome refusal(Reply reply) {
		if (says(reply, "sold-out")) {
			return BookingOutcome.SOLD_OUT;
		}
		if (says(reply, "already-registered")) {
			return BookingOutcome.ALREADY_REGISTERED;
		}
		throw unexpected(reply);
	}

	private static StorageException fault(Reply reply) {
		IOException cause = new IOException(reply.body());
		boolean harmless = says(reply, "overloaded") || says(reply, "storage-unavailable");
		return harmless ? new StorageException.Unavailable(cause) : new StorageException.OutcomeUnknown(cause);
	}

	private static boolean says(Reply reply, String code) {
		return reply.body().contains("\"code\":\"" + code + "\"");
	}

	private static IllegalStateException unexpected(Reply reply) {
		return new IllegalStateException("unexpected response: " + reply.status() + " " + reply.body());
	}

	/**
	 * Ends the recording and checks the history.
	 * @return completes when the history is linearizable; otherwise an
	 * {@link UnexplainedHistoryException}
	 */
	Mono<Void> check() {
		return this.recorder.history(this.service.events().ledger(this.event))
			.map(WithoutCancellations::of)
			.doOnNext(RecordedEvent::requireExplained)
			.then();
	}

	private static void requireExplained(History history) {
		CheckResult checkResult = CheckResult.of(history);
		if (!(checkResult instanceof CheckResult.Linearizable)) {
			throw new UnexplainedHistoryException(history, checkResult);
		}
	}

}
