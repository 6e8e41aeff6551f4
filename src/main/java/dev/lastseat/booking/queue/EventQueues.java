package dev.lastseat.booking.queue;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

import dev.lastseat.booking.AnswerPacer;
import dev.lastseat.booking.BookingMonitor;
import dev.lastseat.booking.ChangeListener;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.OverloadedException;
import dev.lastseat.booking.OverloadedException.Reason;
import dev.lastseat.booking.QueueSettings;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.queue.ClosableQueue.Offer;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * The queues of this process, one for each event that has requests at the moment, and the
 * limit of the requests of all of them.
 */
public final class EventQueues {

	private final ConcurrentMap<EventId, EventQueue> queues = new ConcurrentHashMap<>();

	private final AtomicInteger requests = new AtomicInteger();

	private final EventRepository events;

	private final Callbacks callbacks;

	private final QueueSettings settings;

	private final Scheduler scheduler;

	/** Of all events, so that they share the time for answers. */
	private final AnswerSlices answers;

	/**
	 * @param events decides the rounds
	 * @param monitor is told what happens to requests
	 * @param listener is told of events that a round has changed, or may have
	 * @param scheduler of timeouts
	 * @param pacer of the answers of large rounds
	 */
	public EventQueues(EventRepository events, BookingMonitor monitor, ChangeListener listener, QueueSettings settings,
			Scheduler scheduler, AnswerPacer pacer) {
		this.events = events;
		this.callbacks = new Callbacks(monitor, listener);
		this.settings = settings;
		this.scheduler = scheduler;
		this.answers = new AnswerSlices(pacer, AnswerSlices.SIZE);
		monitor.bindRequestCount(this.requests::get);
	}

	/**
	 * Has a request decided. Lazy: each subscription is a request of its own. Cancelling
	 * frees its place at once, and means that nothing is sent for it, unless its round
	 * has started.
	 * @return exactly one outcome, of the kind that the request ends in; an
	 * {@link OverloadedException} when the request is rejected
	 */
	public Mono<Outcome> submit(EventId event, Request request) {
		return Mono.create((caller) -> submit(event, request, caller));
	}

	private void submit(EventId event, Request request, MonoSink<Outcome> caller) {
		if (!reserve()) {
			reject(request, caller);
			return;
		}
		if (offer(event, request, caller) == Offer.FULL) {
			this.requests.decrementAndGet();
			reject(request, caller);
		}
	}

	private Offer offer(EventId event, Request request, MonoSink<Outcome> caller) {
		while (true) {
			EventQueue queue = this.queues.computeIfAbsent(event, this::open);
			Offer offer = queue.submit(request, caller);
			if (offer != Offer.CLOSED) {
				return offer;
			}
			this.queues.remove(event, queue);
		}
	}

	private boolean reserve() {
		int limit = this.settings.maxWaiting();
		return this.requests.getAndUpdate((now) -> Math.min(now + 1, limit)) < limit;
	}

	private void reject(Request request, MonoSink<Outcome> caller) {
		OverloadedException rejection = new OverloadedException(Reason.FULL);
		this.callbacks.failed(request, rejection, Duration.ZERO);
		caller.error(rejection);
	}

	private EventQueue open(EventId event) {
		return new EventQueue(event, this.events, this.settings, this.callbacks, this.scheduler, this.answers,
				this.requests::decrementAndGet, (closed) -> this.queues.remove(event, closed));
	}

}
