package dev.lastseat.status;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import dev.lastseat.booking.ChangeHint;
import dev.lastseat.booking.ChangeFeed;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventStatus;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.StorageException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * A feed whose events and hints come from the test.
 */
final class StubFeed implements ChangeFeed {

	private static final int CAPACITY = 1_000_000;

	private final Map<EventId, EventStatus> events = new ConcurrentHashMap<>();

	/** The events of each read, in order. */
	final List<List<EventId>> reads = Collections.synchronizedList(new ArrayList<>());

	/** Number of open subscriptions. */
	final AtomicInteger subscribers = new AtomicInteger();

	/** Number of subscriptions so far. */
	final AtomicInteger subscriptions = new AtomicInteger();

	private volatile boolean unavailable;

	private volatile Runnable action = () -> {
	};

	private volatile Sinks.Many<ChangeHint> changes = Sinks.many().multicast().directBestEffort();

	EventId create(String name) {
		EventId event = new EventId(name);
		this.events.put(event, new EventStatus(event, CAPACITY, 0, 0, 0, SaleTerms.DEFAULT, 0));
		return event;
	}

	/** Another process books a seat. No hint is emitted. */
	void book(EventId event) {
		add(event, 1, 0);
	}

	/** Another process changes the number of holds. No hint is emitted. */
	void hold(EventId event, int change) {
		add(event, 0, change);
	}

	private void add(EventId event, int sold, int held) {
		this.events.computeIfPresent(event, (id, status) -> new EventStatus(id, CAPACITY, status.ticketsSold() + sold,
				status.held() + held, 0, status.sale(), status.revision() + 1));
	}

	/** Rolls the storage back to a number of bookings. */
	void rollBackTo(EventId event, int bookings) {
		this.events.put(event, new EventStatus(event, CAPACITY, bookings, 0, 0, SaleTerms.DEFAULT, bookings));
	}

	/**
	 * @return null when the event does not exist
	 */
	@Nullable EventStatus status(EventId event) {
		return this.events.get(event);
	}

	void delete(EventId event) {
		this.events.remove(event);
	}

	void emit(ChangeHint change) {
		this.changes.tryEmitNext(change).orThrow();
	}

	void fail() {
		Sinks.Many<ChangeHint> failed = this.changes;
		this.changes = Sinks.many().multicast().directBestEffort();
		failed.tryEmitError(new IllegalStateException("feed failed")).orThrow();
	}

	/**
	 * Runs an action after the next read has seen the state, before it emits its result.
	 */
	void duringNextRead(Runnable action) {
		this.action = () -> {
			this.action = () -> {
			};
			action.run();
		};
	}

	void becomeUnavailable() {
		this.unavailable = true;
	}

	void recover() {
		this.unavailable = false;
	}

	@Override
	public Flux<EventStatus> statuses(Collection<EventId> asked) {
		return Flux.defer(() -> {
			this.reads.add(List.copyOf(asked));
			if (this.unavailable) {
				return Flux.error(new StorageException.Unavailable(new IllegalStateException("unavailable")));
			}
			List<EventStatus> found = asked.stream().map(this.events::get).filter(Objects::nonNull).toList();
			this.action.run();
			return Flux.fromIterable(found);
		});
	}

	@Override
	public Flux<ChangeHint> changes() {
		return Flux.defer(() -> this.changes.asFlux()).doOnSubscribe((subscription) -> {
			this.subscribers.incrementAndGet();
			this.subscriptions.incrementAndGet();
		}).doFinally((signal) -> this.subscribers.decrementAndGet());
	}

}
