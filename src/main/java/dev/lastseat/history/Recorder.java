package dev.lastseat.history;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.HoldReleaseOutcome;
import dev.lastseat.booking.JoinOutcome;
import dev.lastseat.booking.JournalEntry;
import dev.lastseat.booking.LeaveOutcome;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.PartyHoldOutcome;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.UserId;
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

	private final HistoryClock clock;

	private final Sale sale;

	private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();

	/**
	 * @param event an event without any operation so far, and without a sale window
	 * @param capacity its current capacity
	 */
	public Recorder(EventId event, int capacity) {
		this(event, capacity, System::nanoTime);
	}

	/**
	 * @param event an event without any operation so far, and without a sale window
	 * @param capacity its current capacity
	 * @param clock monotonic, in nanoseconds since any origin
	 */
	public Recorder(EventId event, int capacity, LongSupplier clock) {
		this.event = event;
		this.capacity = capacity;
		this.clock = new HistoryClock(clock, Clock.systemUTC());
		this.sale = Sale.NONE;
	}

	/**
	 * @param event an event without any operation so far
	 * @param capacity its current capacity
	 * @param terms its terms, which do not change
	 * @param tolerance how far the clock of a process may differ from the given clocks
	 * @param time the time of the day
	 * @param clock monotonic, in nanoseconds since any origin
	 */
	public Recorder(EventId event, int capacity, SaleTerms terms, Duration tolerance, Clock time, LongSupplier clock) {
		this.event = event;
		this.capacity = capacity;
		this.clock = new HistoryClock(clock, time);
		this.sale = this.clock.sale(terms, tolerance);
	}

	public Mono<BookingOutcome> book(UserId user, Mono<BookingOutcome> booking) {
		return recorded(Action.BOOK, List.of(user), booking, Answer::of, (outcome) -> Details.NONE);
	}

	public Mono<ReleaseOutcome> cancel(UserId user, Mono<ReleaseOutcome> release) {
		return recorded(Action.CANCEL, List.of(user), release, Answer::of, (outcome) -> Details.NONE);
	}

	/**
	 * @param change changes the capacity only
	 */
	public Mono<ChangeOutcome> resize(int capacity, Mono<ChangeOutcome> change) {
		return recorded(() -> new Entry(Action.RESIZE, List.of(), capacity, this.clock.now()), change, Answer::of,
				(outcome) -> Details.NONE);
	}

	public Mono<HoldOutcome> hold(UserId user, Mono<HoldOutcome> holding) {
		return recorded(Action.HOLD, List.of(user), holding, (outcome) -> Answer.of(outcome.kind()),
				(outcome) -> (outcome.hold() != null) ? Details.ofHolds(List.of(outcome.hold()), List.of(), this.clock)
						: Details.NONE);
	}

	public Mono<HoldReleaseOutcome> releaseHold(UserId user, Mono<HoldReleaseOutcome> release) {
		return recorded(Action.RELEASE_HOLD, List.of(user), release, Answer::of, (outcome) -> Details.NONE);
	}

	public Mono<JoinOutcome> join(UserId user, Mono<JoinOutcome> joining) {
		return recorded(Action.JOIN, List.of(user), joining, (outcome) -> Answer.of(outcome.kind()),
				(outcome) -> Details.ofPlace(outcome.place()));
	}

	public Mono<LeaveOutcome> leave(UserId user, Mono<LeaveOutcome> leaving) {
		return recorded(Action.LEAVE, List.of(user), leaving, Answer::of, (outcome) -> Details.NONE);
	}

	public Mono<PartyOutcome> bookParty(List<UserId> users, Mono<PartyOutcome> booking) {
		return recorded(Action.BOOK_PARTY, users, booking, (outcome) -> Answer.of(outcome.kind()),
				(outcome) -> (outcome.kind() == PartyOutcome.Kind.SOLD_OUT) ? Details.ofSoldOut(outcome.remaining())
						: Details.ofRegistered(outcome.before()));
	}

	public Mono<PartyHoldOutcome> holdParty(List<UserId> users, Mono<PartyHoldOutcome> holding) {
		return recorded(Action.HOLD_PARTY, users, holding, (outcome) -> Answer.of(outcome.kind()),
				(outcome) -> (outcome.kind() == HoldOutcome.Kind.SOLD_OUT) ? Details.ofSoldOut(outcome.remaining())
						: Details.ofHolds(outcome.held(), outcome.before(), this.clock));
	}

	/**
	 * Adds an operation that was recorded elsewhere, with times of the clock of this
	 * recorder.
	 */
	public void add(Operation operation) {
		Entry entry = new Entry(operation.action(), operation.users(), operation.capacity(),
				this.clock.at(operation.invoked()));
		if (operation.answer() != Answer.UNKNOWN) {
			entry.answered(this.clock.at(operation.responded()), operation.answer(), operation.details());
		}
		this.entries.add(entry);
	}

	private <T> Mono<T> recorded(Action action, List<UserId> users, Mono<T> call, Function<T, Answer> answer,
			Function<T, Details> details) {
		return recorded(() -> new Entry(action, users, 0, this.clock.now()), call, answer, details);
	}

	private <T> Mono<T> recorded(Supplier<Entry> invoked, Mono<T> call, Function<T, Answer> answer,
			Function<T, Details> details) {
		return Mono.defer(() -> {
			Entry entry = invoked.get();
			this.entries.add(entry);
			return call
				.doOnNext((outcome) -> entry.answered(this.clock.now(), answer.apply(outcome), details.apply(outcome)))
				.doOnError((fault) -> entry.answered(this.clock.now(), Answer.of(fault), Details.NONE));
		});
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
			return read
				.map((ledger) -> new History(this.event, this.capacity, this.sale, operations, ledger,
						this.sale.equals(Sale.NONE) ? Operation.NEVER : this.clock.now()))
				.switchIfEmpty(Mono
					.error(() -> new NoSuchElementException("event " + this.event + " does not exist any more")));
		});
	}

	/**
	 * Ends the recording of an event with a journal.
	 * @param read reads the stored state of the event
	 * @param journal reads all entries of its journal afterwards
	 * @return the history; an error when the event does not exist any more
	 */
	public Mono<History> history(Mono<Ledger> read, Mono<List<JournalEntry>> journal) {
		return history(read).flatMap((history) -> journal.map((entries) -> history
			.withJournal(entries.stream().map((entry) -> Change.of(entry, this.clock)).toList())));
	}

	/** A recorded operation that may still be pending. */
	private static final class Entry {

		private final Action action;

		private final List<UserId> users;

		private final int capacity;

		private final long invoked;

		private long responded;

		private Details details = Details.NONE;

		/** Written last: a thread that reads it also sees the other fields. */
		private volatile Answer answer = Answer.UNKNOWN;

		Entry(Action action, List<UserId> users, int capacity, long invoked) {
			this.action = action;
			this.users = users;
			this.capacity = capacity;
			this.invoked = invoked;
		}

		void answered(long now, Answer answer, Details details) {
			this.responded = now;
			this.details = details;
			this.answer = answer;
		}

		Operation operation() {
			Answer known = this.answer;
			boolean pending = known == Answer.UNKNOWN;
			return new Operation(this.action, this.users, this.capacity, this.invoked,
					pending ? Operation.NEVER : this.responded, known, pending ? Details.NONE : this.details);
		}

	}

}
