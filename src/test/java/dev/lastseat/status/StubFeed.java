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
import dev.lastseat.booking.StorageException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * A feed whose events and hints are made by the test.
 */
final class StubFeed implements ChangeFeed {

	private static final int CAPACITY = 1_000_000;

	private final Map<EventId, EventStatus> events = new ConcurrentHashMap<>();

	/** What each read asked for, in order. */
	final List<List<EventId>> reads = Collections.synchronizedList(new ArrayList<>());

	/** How many follow the feed. */
	final AtomicInteger followers = new AtomicInteger();

	final AtomicInteger followed = new AtomicInteger();

	private volatile boolean away;

	private volatile Runnable intervention = () -> {
	};

	private volatile Sinks.Many<ChangeHint> changes = Sinks.many().multicast().directBestEffort();

	EventId create(String name) {
		EventId event = new EventId(name);
		this.events.put(event, new EventStatus(event, CAPACITY, 0, 0));
		return event;
	}

	/** Somebody books, and nobody is told. */
	void book(EventId event) {
		this.events.computeIfPresent(event,
				(id, status) -> new EventStatus(id, CAPACITY, status.ticketsSold() + 1, status.revision() + 1));
	}

	/** The storage takes back all but so many bookings, as a rollback does. */
	void goBackTo(EventId event, int bookings) {
		this.events.put(event, new EventStatus(event, CAPACITY, bookings, bookings));
	}

	void delete(EventId event) {
		this.events.remove(event);
	}

	void tell(ChangeHint change) {
		this.changes.tryEmitNext(change).orThrow();
	}

	void breakOff() {
		Sinks.Many<ChangeHint> broken = this.changes;
		this.changes = Sinks.many().multicast().directBestEffort();
		broken.tryEmitError(new IllegalStateException("broken off")).orThrow();
	}

	/**
	 * Does something after the next read has seen what there is, before it is answered.
	 */
	void whileItAnswers(Runnable intervention) {
		this.intervention = () -> {
			this.intervention = () -> {
			};
			intervention.run();
		};
	}

	void goAway() {
		this.away = true;
	}

	void comeBack() {
		this.away = false;
	}

	@Override
	public Flux<EventStatus> statuses(Collection<EventId> asked) {
		return Flux.defer(() -> {
			this.reads.add(List.copyOf(asked));
			if (this.away) {
				return Flux.error(new StorageException.Unavailable(new IllegalStateException("away")));
			}
			List<EventStatus> found = asked.stream().map(this.events::get).filter(Objects::nonNull).toList();
			this.intervention.run();
			return Flux.fromIterable(found);
		});
	}

	@Override
	public Flux<ChangeHint> changes() {
		return Flux.defer(() -> this.changes.asFlux()).doOnSubscribe((subscription) -> {
			this.followers.incrementAndGet();
			this.followed.incrementAndGet();
		}).doFinally((signal) -> this.followers.decrementAndGet());
	}

}
