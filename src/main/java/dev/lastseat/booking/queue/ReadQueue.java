package dev.lastseat.booking.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The reads of one event: the one under way, and those that callers wait for. The first
 * call starts the first read. The queue closes when a read ends and no call waits.
 */
final class ReadQueue<Q, A> {

	private final Function<Set<Q>, Mono<A>> storage;

	private final int maxCallers;

	private final Duration maxWait;

	private final Callbacks callbacks;

	private final Scheduler scheduler;

	private final Consumer<ReadQueue<Q, A>> onClose;

	/** Reads to start. Greater than 1 when a read ends while it is being started. */
	private final AtomicInteger due = new AtomicInteger();

	/** Reads that have not started, nearly always one at most. Guarded by this. */
	private final Deque<SharedRead<Q, A>> waiting = new ArrayDeque<>();

	/** The read that was started last. Guarded by this. */
	private @Nullable SharedRead<Q, A> current;

	private boolean opened;

	private boolean closed;

	/**
	 * @param onClose called once, when the queue accepts no more calls
	 */
	ReadQueue(Function<Set<Q>, Mono<A>> storage, int maxCallers, Duration maxWait, Callbacks callbacks,
			Scheduler scheduler, Consumer<ReadQueue<Q, A>> onClose) {
		this.storage = storage;
		this.maxCallers = maxCallers;
		this.maxWait = maxWait;
		this.callbacks = callbacks;
		this.scheduler = scheduler;
		this.onClose = onClose;
	}

	/**
	 * Adds a call to the last read that has not started.
	 * @return false when the queue is closed
	 */
	boolean add(ReadCall<Q, A> call) {
		SharedRead<Q, A> read;
		boolean opens;
		synchronized (this) {
			if (this.closed) {
				return false;
			}
			read = this.waiting.peekLast();
			if (read == null || read.size() >= this.maxCallers) {
				read = new SharedRead<>(this.callbacks, this::startReads);
				this.waiting.add(read);
			}
			read.add(call);
			opens = !this.opened;
			this.opened = true;
		}
		call.removeOnCancel(read);
		if (opens) {
			startReads();
		}
		else {
			limitWait();
		}
		return true;
	}

	/**
	 * Starts the next read, if calls wait. Called again when that read ends, or when the
	 * limit of the wait for its end is reached. When a read ends while it is being
	 * started, the loop that starts it continues with the next one, so the stack does not
	 * grow.
	 */
	private void startReads() {
		if (this.due.getAndIncrement() > 0) {
			return;
		}
		do {
			SharedRead<Q, A> next = next();
			if (next != null) {
				next.start(this.storage);
				limitWait();
			}
			else {
				this.onClose.accept(this);
			}
		}
		while (this.due.decrementAndGet() > 0);
	}

	/**
	 * @return null when no call waits; then the queue is closed
	 */
	private synchronized @Nullable SharedRead<Q, A> next() {
		SharedRead<Q, A> next = this.waiting.poll();
		this.current = next;
		this.closed = next == null;
		return next;
	}

	/**
	 * A timer runs only while a call waits: a single call needs none.
	 */
	private void limitWait() {
		SharedRead<Q, A> read = readToLimit();
		if (read != null) {
			try {
				read.onPass(this.scheduler.schedule(read::pass, this.maxWait.toNanos(), TimeUnit.NANOSECONDS));
			}
			catch (Throwable fault) {
				// The process shuts down and schedules no more tasks: the next read
				// starts when this one ends.
			}
		}
	}

	/**
	 * @return the read that calls wait for; null when none wait, or its timer is set
	 */
	private synchronized @Nullable SharedRead<Q, A> readToLimit() {
		SharedRead<Q, A> read = this.current;
		return (read != null && !this.waiting.isEmpty() && read.limit()) ? read : null;
	}

}
