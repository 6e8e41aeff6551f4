package dev.lastseat.bench;

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
import dev.lastseat.booking.UserId;
import dev.lastseat.history.Answer;
import dev.lastseat.history.CheckResult;
import dev.lastseat.history.History;
import dev.lastseat.history.Recorder;
import io.netty.buffer.ByteBuf;
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

	private final RequestTemplate booking;

	private final Recorder recorder;

	private final OperationLog log = new OperationLog();

	private final AnswerReader answers = new AnswerReader();

	private RecordedEvent(Service service, EventId event, int capacity) {
		this.service = service;
		this.event = event;
		this.path = "/api/v1/events/" + event + "/registrations";
		this.booking = RequestTemplate.booking(this.path);
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

	/** The path of its registrations. */
	String registrations() {
		return this.path;
	}

	/** The path of the event. */
	String resource() {
		return this.path.substring(0, this.path.lastIndexOf('/'));
	}

	/** The bytes of a booking over HTTP. */
	RequestTemplate booking() {
		return this.booking;
	}

	/**
	 * Records the response to a {@linkplain #booking booking}. Called by the thread of
	 * the load only.
	 * @param user the number of the user
	 */
	Answer answered(int user, int status, ByteBuf body, long sent, long received) {
		Answer answer = this.answers.booking(status, body);
		this.log.add(user, sent, received, answer);
		return answer;
	}

	/** Books a user over HTTP. */
	Mono<BookingOutcome> book(Connection connection, String user) {
		return recorded(user, connection.post(this.path, RequestTemplate.body(user)).map(AnswerReader::outcome));
	}

	/**
	 * Cancels a user over HTTP. The response does not tell whether the user had a seat.
	 * @param expected the outcome that success means for this user
	 */
	Mono<ReleaseOutcome> cancel(Connection connection, String user, ReleaseOutcome expected) {
		return this.recorder.cancel(new UserId(user), connection.send("DELETE", this.path + "/" + user)
			.map((reply) -> AnswerReader.released(reply, expected)));
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
			.collectMap((decision) -> decision.request().users().get(0), Decision::outcome)
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
	 * Ends the recording and checks the history.
	 * @return completes when the history is linearizable; otherwise an
	 * {@link UnexplainedHistoryException}
	 */
	Mono<Void> check() {
		return Mono.fromRunnable(() -> this.log.operations().forEach(this.recorder::add))
			.then(this.recorder.history(this.service.events().ledger(this.event)))
			.map(WithoutCancellations::of)
			.doOnNext(RecordedEvent::requireExplained)
			.then();
	}

	/**
	 * @throws UnexplainedHistoryException when the history is not linearizable
	 */
	static void requireExplained(History history) {
		CheckResult checkResult = CheckResult.of(history);
		if (!(checkResult instanceof CheckResult.Linearizable)) {
			throw new UnexplainedHistoryException(history, checkResult);
		}
	}

}
