package dev.lastseat.booking.queue;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

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
 * The event queues of this process: one for each event that has requests in flight or
 * waiting. Limits the number of these requests for all events together.
 */
public final class EventQueues {

	private final ConcurrentMap<EventId, EventQueue> queues = new ConcurrentHashMap<>();

	/** One permit for each request that is in flight or waiting. */
	private final Semaphore slots;

	private final EventRepository events;

	private final Callbacks callbacks;

	private final QueueSettings settings;

	private final Scheduler scheduler;

	private final AnswersByThread answers;

	/**
	 * @param events decides the batches
	 * @param callbacks receive what happens to requests, rounds and events
	 * @param scheduler runs the timeouts of requests and rounds
	 * @param answers send the answers
	 */
	public EventQueues(EventRepository events, Callbacks callbacks, QueueSettings settings, Scheduler scheduler,
			AnswersByThread answers) {
		this.events = events;
		this.callbacks = callbacks;
		this.settings = settings;
		this.slots = new Semaphore(settings.maxWaiting());
		this.scheduler = scheduler;
		this.answers = answers;
		callbacks.bindRequestCount(this::requests);
	}

	/**
	 * Submits a request to the queue of its event. Lazy: each subscription is a new
	 * request. Cancelling frees its slot at once. A request that is cancelled before its
	 * round starts is not sent; one that is cancelled later may still take effect.
	 * @return exactly one outcome, of the type that belongs to the request; an
	 * {@link OverloadedException} when the request is rejected; a
	 * {@link dev.lastseat.booking.StorageException} when its round fails
	 */
	public Mono<Outcome> submit(EventId event, Request request) {
		return Mono.create((caller) -> submit(event, request, caller));
	}

	private void submit(EventId event, Request request, MonoSink<Outcome> caller) {
		if (!this.slots.tryAcquire()) {
			reject(request, caller);
		}
		else if (offer(event, request, caller) == Offer.FULL) {
			this.slots.release();
			reject(request, caller);
		}
	}

	private Offer offer(EventId event, Request request, MonoSink<Outcome> caller) {
		AnswerSlices slices = this.answers.ofCurrentThread();
		while (true) {
			EventQueue queue = this.queues.computeIfAbsent(event, this::open);
			Offer offer = queue.submit(request, caller, slices);
			if (offer != Offer.CLOSED) {
				return offer;
			}
			this.queues.remove(event, queue);
		}
	}

	/** The number of requests that are in flight or waiting. */
	int requests() {
		return this.settings.maxWaiting() - this.slots.availablePermits();
	}

	private void reject(Request request, MonoSink<Outcome> caller) {
		OverloadedException rejection = new OverloadedException(Reason.FULL);
		this.callbacks.failed(request, rejection, Duration.ZERO);
		caller.error(rejection);
	}

	private EventQueue open(EventId event) {
		return new EventQueue(event, this.events, this.settings, this.callbacks, this.scheduler, this.slots::release,
				(closed) -> this.queues.remove(event, closed));
	}

}
