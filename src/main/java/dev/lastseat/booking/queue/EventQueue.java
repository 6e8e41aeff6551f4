package dev.lastseat.booking.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.OverloadedException.Reason;
import dev.lastseat.booking.QueueSettings;
import dev.lastseat.booking.Request;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * The requests for one event. One round is under way at a time; a request that arrives
 * meanwhile waits, and the next round takes it along, of whatever kind it is. A request
 * that finds no round under way starts one at once.
 * <p>
 * The queue closes when all of its requests are done with. A fault that no round has
 * caught closes it too, and ends all of its requests.
 */
final class EventQueue {

	private final EventId event;

	private final EventRepository events;

	private final QueueSettings settings;

	private final Callbacks callbacks;

	private final Scheduler scheduler;

	private final AnswerSlices answers;

	private final Runnable whenDone;

	private final Consumer<EventQueue> whenClosed;

	private final ClosableQueue<PendingRequest> requests;

	/** Rounds to be started. More than one when a round ends while it starts. */
	private final AtomicInteger due = new AtomicInteger();

	/** Taken from the queue, and left for a later round. Used by one round at a time. */
	private final Deque<PendingRequest> deferred = new ArrayDeque<>();

	/** Of the next round, while it is put together. */
	private Batch batch;

	/**
	 * @param whenDone is run after each request that is done with
	 * @param whenClosed is told when the queue accepts no more requests, once or more
	 */
	EventQueue(EventId event, EventRepository events, QueueSettings settings, Callbacks callbacks, Scheduler scheduler,
			AnswerSlices answers, Runnable whenDone, Consumer<EventQueue> whenClosed) {
		this.event = event;
		this.events = events;
		this.settings = settings;
		this.callbacks = callbacks;
		this.scheduler = scheduler;
		this.answers = answers;
		this.whenDone = whenDone;
		this.whenClosed = whenClosed;
		this.requests = new ClosableQueue<>(settings.maxWaitingPerEvent());
		this.batch = new Batch(settings.maxBatch());
	}

	/**
	 * Accepts a request, or says why not. A caller that cancels frees the place of its
	 * request at once.
	 */
	ClosableQueue.Offer submit(Request request, MonoSink<Outcome> caller) {
		PendingRequest pending = new PendingRequest(request, caller, now(), this::done);
		ClosableQueue.Offer offer = this.requests.offer(pending);
		switch (offer) {
			case WAITS -> {
				limitWait(pending);
				caller.onCancel(pending::cancel);
			}
			case STARTS_CONSUMER -> {
				caller.onCancel(pending::cancel);
				startRounds();
			}
			case FULL, CLOSED -> {
			}
		}
		return offer;
	}

	private void limitWait(PendingRequest pending) {
		this.callbacks.waitStarted();
		try {
			Disposable timeout = this.scheduler.schedule(() -> pending.reject(Reason.LATE),
					this.settings.maxWait().toNanos(), TimeUnit.NANOSECONDS);
			pending.waits(() -> {
				Callbacks.call(timeout::dispose);
				this.callbacks.waitEnded(timeSinceArrival(pending));
			});
		}
		catch (Throwable fault) {
			this.callbacks.waitEnded(timeSinceArrival(pending));
			pending.fail(fault);
		}
	}

	private void done(PendingRequest pending, @Nullable Outcome outcome, @Nullable Throwable fault) {
		this.requests.done(pending);
		this.whenDone.run();
		Duration time = timeSinceArrival(pending);
		if (outcome != null) {
			this.callbacks.decided(pending.request(), outcome, time);
		}
		else if (fault != null) {
			this.callbacks.failed(pending.request(), fault, time);
		}
		else {
			this.callbacks.cancelled(pending.request(), time);
		}
		removeIfClosed();
	}

	private Duration timeSinceArrival(PendingRequest pending) {
		return Duration.ofNanos(now() - pending.arrival());
	}

	private long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

	private void removeIfClosed() {
		if (this.requests.isClosed()) {
			this.whenClosed.accept(this);
		}
	}

	/**
	 * Starts a round after each that has ended, until nothing waits. A round that ends
	 * while it starts leaves the next one to the loop that has started it.
	 */
	private void startRounds() {
		if (this.due.getAndIncrement() > 0) {
			return;
		}
		do {
			try {
				Round next = nextRound();
				if (next != null) {
					next.start(this.events, this.settings.roundTimeout());
				}
			}
			catch (Throwable fault) {
				abandon(fault);
			}
		}
		while (this.due.decrementAndGet() > 0);
	}

	/**
	 * @return null when nothing waits
	 */
	private @Nullable Round nextRound() {
		do {
			Batch next = new Batch(this.settings.maxBatch());
			this.batch = next;
			fill(next);
			if (!next.isEmpty()) {
				return new Round(this.event, next, this.callbacks, this.scheduler, this.answers, this::startRounds);
			}
		}
		while (!this.requests.stop());
		removeIfClosed();
		return null;
	}

	private void fill(Batch next) {
		this.deferred.removeIf(next::take);
		PendingRequest oldest = next.isFull() ? null : this.requests.poll();
		while (oldest != null) {
			if (!next.take(oldest)) {
				this.deferred.add(oldest);
			}
			oldest = next.isFull() ? null : this.requests.poll();
		}
	}

	/**
	 * Ends all requests that no round has taken.
	 */
	private void abandon(Throwable fault) {
		List<PendingRequest> all = new ArrayList<>(this.batch.abandon());
		all.addAll(this.deferred);
		this.deferred.clear();
		for (PendingRequest next = this.requests.poll(); next != null; next = this.requests.poll()) {
			all.add(next);
		}
		all.forEach((request) -> Callbacks.call(() -> request.fail(fault)));
		if (this.requests.stop()) {
			removeIfClosed();
		}
		else {
			this.due.incrementAndGet();
		}
	}

}
