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
 * The requests for one event. One round is under way at a time. A request that arrives
 * during a round waits for the next one, which takes requests of all kinds. A request
 * that arrives between rounds starts one at once.
 * <p>
 * The queue closes when all of its requests have ended. A fault outside of a round fails
 * all waiting requests.
 */
final class EventQueue {

	private final EventId event;

	private final EventRepository events;

	private final QueueSettings settings;

	private final Callbacks callbacks;

	private final Scheduler scheduler;

	private final Runnable onRequestEnd;

	private final Consumer<EventQueue> onClose;

	private final ClosableQueue<PendingRequest> requests;

	/** Rounds to start. Greater than 1 when a round ends while it is being started. */
	private final AtomicInteger due = new AtomicInteger();

	/**
	 * Requests that were polled and must wait for a later round. Used by one round at a
	 * time.
	 */
	private final Deque<PendingRequest> deferred = new ArrayDeque<>();

	/** The batch of the next round, while it is filled. */
	private Batch batch;

	/**
	 * @param onRequestEnd run after each request that has ended
	 * @param onClose called when the queue accepts no more requests, once or more
	 */
	EventQueue(EventId event, EventRepository events, QueueSettings settings, Callbacks callbacks, Scheduler scheduler,
			Runnable onRequestEnd, Consumer<EventQueue> onClose) {
		this.event = event;
		this.events = events;
		this.settings = settings;
		this.callbacks = callbacks;
		this.scheduler = scheduler;
		this.onRequestEnd = onRequestEnd;
		this.onClose = onClose;
		this.requests = new ClosableQueue<>(settings.maxWaitingPerEvent());
		this.batch = new Batch(settings.maxBatch());
	}

	/**
	 * Offers a request to the queue. An accepted request that its caller cancels frees
	 * its slot at once.
	 */
	ClosableQueue.Offer submit(Request request, MonoSink<Outcome> caller, AnswerSlices answers) {
		PendingRequest pending = new PendingRequest(request, caller, answers, now(), this::ended);
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
			pending.onWaitEnd(() -> {
				Callbacks.call(timeout::dispose);
				this.callbacks.waitEnded(timeSinceArrival(pending));
			});
		}
		catch (Throwable fault) {
			this.callbacks.waitEnded(timeSinceArrival(pending));
			pending.fail(fault);
		}
	}

	private void ended(PendingRequest pending, @Nullable Outcome outcome, @Nullable Throwable fault) {
		this.requests.done(pending);
		this.onRequestEnd.run();
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
			this.onClose.accept(this);
		}
	}

	/**
	 * Starts the next round, if requests wait. Called again at the end of each round.
	 * When a round ends while it is being started, the loop that starts it continues with
	 * the next one, so the stack does not grow.
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
				failAll(fault);
			}
		}
		while (this.due.decrementAndGet() > 0);
	}

	/**
	 * @return null when no request waits
	 */
	private @Nullable Round nextRound() {
		do {
			Batch next = new Batch(this.settings.maxBatch());
			this.batch = next;
			fill(next);
			if (!next.isEmpty()) {
				return new Round(this.event, next, this.callbacks, this.scheduler, this::startRounds);
			}
		}
		while (!this.requests.stop());
		removeIfClosed();
		return null;
	}

	private void fill(Batch next) {
		this.deferred.removeIf(next::add);
		PendingRequest oldest = next.isFull() ? null : this.requests.poll();
		while (oldest != null) {
			if (!next.add(oldest)) {
				this.deferred.add(oldest);
			}
			oldest = next.isFull() ? null : this.requests.poll();
		}
	}

	/**
	 * Fails all requests that no round has taken.
	 */
	private void failAll(Throwable fault) {
		List<PendingRequest> all = new ArrayList<>(this.batch.removeUndecided());
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
