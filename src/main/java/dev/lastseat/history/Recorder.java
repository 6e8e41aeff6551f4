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
 * Records what is asked of one event, wherever it is asked: of the repository, of the
 * service or over HTTP.
 * <p>
 * What it is given it hands back with every signal as it was. Each subscription is an
 * operation of its own, that begins with the subscription and ends with the outcome. One
 * that is cancelled, completes empty or fails with anything but
 * {@code StorageException.Unavailable} or {@code Busy}, or an
 * {@code OverloadedException}, has an unknown outcome. Safe for use by many threads; it
 * costs them two looks at the clock and an entry in a queue without locks.
 */
public final class Recorder {

	private final EventId event;

	private final int capacity;

	private final LongSupplier clock;

	private final long origin;

	private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();

	/**
	 * @param event that nobody has asked for anything yet
	 * @param capacity that it has now
	 */
	public Recorder(EventId event, int capacity) {
		this(event, capacity, System::nanoTime);
	}

	/**
	 * @param event that nobody has asked for anything yet
	 * @param capacity that it has now
	 * @param clock in nanoseconds, from any origin; never goes back
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
	 * @param change of the capacity, and of nothing else
	 */
	public Mono<ChangeOutcome> resize(int capacity, Mono<ChangeOutcome> change) {
		return recorded(Action.RESIZE, null, capacity, change, Answer::of);
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
	 * Ends the history: what is not answered by the time of the subscription stays
	 * unknown, since it may or may not be part of what is read then.
	 * @param read of the stored event
	 * @return the history; an error when the event is not there any more
	 */
	public Mono<History> history(Mono<Ledger> read) {
		return Mono.defer(() -> {
			List<Operation> operations = this.entries.stream().map(Entry::operation).toList();
			return read.map((ledger) -> new History(this.event, this.capacity, operations, ledger))
				.switchIfEmpty(
						Mono.error(() -> new NoSuchElementException("event " + this.event + " is not there any more")));
		});
	}

	/** An operation under way. */
	private static final class Entry {

		private final Action action;

		private final @Nullable UserId user;

		private final int capacity;

		private final long invoked;

		private long responded;

		/** Written last, so that whoever sees it sees the moment as well. */
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
