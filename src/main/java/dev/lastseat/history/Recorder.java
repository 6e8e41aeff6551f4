package dev.lastseat.history;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.LongSupplier;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Records the operations on one event, at any layer: the repository, the service or HTTP.
 * <p>
 * The returned {@code Mono} passes every signal on unchanged. Each subscription is one
 * operation: subscribing is the invocation, the outcome is the response. The outcome is
 * unknown when the subscription is cancelled, completes empty, or fails with an error
 * other than {@code StorageException.Unavailable}, {@code StorageException.Busy} and
 * {@code OverloadedException}. Thread-safe: an operation costs two reads of the clock and
 * one insertion into a lock-free queue.
 */
public final class Recorder {

	private final EventId event;

	private final int capacity;

	private final LongSupplier clock;

	private final long origin;

	private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();

	/**
	 * @param event an event without any operation so far
	 * @param capacity its current capacity
	 */
	public Recorder(EventId event, int capacity) {
		this(event, capacity, System::nanoTime);
	}

	/**
	 * @param event an event without any operation so far
	 * @param capacity its current capacity
	 * @param clock monotonic, in nanoseconds since any origin
	 */
	public Recorder(EventId event, int capacity, LongSupplier clock) {
		this.event = event;
		this.capacity = capacity;
		this.clock = clock;
		this.origin = clock.getAsLong();
	}

	public Mono<BookingOutcome> book(UserId user, Mono<BookingOutcome> booking) {
		return recorded(Action.BOOK, user, 0, booking, Answer::of);
	}

	public Mono<ReleaseOutcome> cancel(UserId user, Mono<ReleaseOutcome> release) {
		return recorded(Action.CANCEL, user, 0, release, Answer::of);
	}

	/**
	 * @param change changes the capacity only
	 */
	public Mono<ChangeOutcome> resize(int capacity, Mono<ChangeOutcome> change) {
		return recorded(Action.RESIZE, null, capacity, change, Answer::of);
	}

	/**
	 * Adds an operation that was recorded elsewhere, with times of the clock of this
	 * recorder.
	 */
	public void add(Operation operation) {
		Entry entry = new Entry(operation.action(), operation.user(), operation.capacity(),
				operation.invoked() - this.origin);
		if (operation.answer() != Answer.UNKNOWN) {
			entry.answered(operation.responded() - this.origin, operation.answer());
		}
		this.entries.add(entry);
	}

	private <T> Mono<T> recorded(Action action, @Nullable UserId user, int capacity, Mono<T> call,
			Function<T, Answer> answer) {
		return Mono.defer(() -> {
			Entry entry = new Entry(action, user, capacity, now());
			this.entries.add(entry);
			return call.doOnNext((outcome) -> entry.answered(now(), answer.apply(outcome)))
				.doOnError((fault) -> entry.answered(now(), Answer.of(fault)));
		});
	}

	private long now() {
		return this.clock.getAsLong() - this.origin;
	}

	/**
	 * Ends the recording. An operation without a response at the time of the subscription
	 * stays pending: the stored state may or may not contain its effect.
	 * @param read reads the stored state of the event
	 * @return the history; an error when the event does not exist any more
	 */
	public Mono<History> history(Mono<Ledger> read) {
		return Mono.defer(() -> {
			List<Operation> operations = this.entries.stream().map(Entry::operation).toList();
			return read.map((ledger) -> new History(this.event, this.capacity, operations, ledger))
				.switchIfEmpty(Mono
					.error(() -> new NoSuchElementException("event " + this.event + " does not exist any more")));
		});
	}

	/** A recorded operation that may still be pending. */
	private static final class Entry {

		private final Action action;

		private final @Nullable UserId user;

		private final int capacity;

		private final long invoked;

		private long responded;

		/** Written last: a thread that reads it also sees {@code responded}. */
		private volatile Answer answer = Answer.UNKNOWN;

		Entry(Action action, @Nullable UserId user, int capacity, long invoked) {
			this.action = action;
			this.user = user;
			this.capacity = capacity;
			this.invoked = invoked;
		}

		void answered(long now, Answer answer) {
			this.responded = now;
			this.answer = answer;
		}

		Operation operation() {
			Answer known = this.answer;
			return new Operation(this.action, this.user, this.capacity, this.invoked,
					(known == Answer.UNKNOWN) ? Operation.NEVER : this.responded, known);
		}

	}

}
