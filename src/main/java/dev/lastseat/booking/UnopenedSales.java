package dev.lastseat.booking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The sales that are known not to be open. Requests for them are refused without the
 * storage, however many they are. Only sales of events without registrations and holds
 * refuse: in any other event a user may be registered, or may confirm a hold.
 * <p>
 * What was read is used for {@link #MAX_AGE}. So when another process opens the sale
 * earlier, this process follows within that time. A change by this process is effective
 * at once: it forgets the event, and what a read under way finds is not remembered.
 * <p>
 * The clock decides whether a sale is open; ages do not depend on it, so it may jump.
 * Thread-safe.
 */
final class UnopenedSales {

	/**
	 * Costs at most two reads per second and event: requests that arrive during the first
	 * one share a second.
	 */
	static final Duration MAX_AGE = Duration.ofSeconds(1);

	/**
	 * How long a sale is kept after its last read. While it is kept, its next request
	 * costs one read instead of a round.
	 */
	static final Duration KEPT = Duration.ofMinutes(1);

	/** Limits the memory to some megabytes. Requests for other events are not refused. */
	static final int MAX_SALES = 10_000;

	private final Clock clock;

	private final Scheduler time;

	/** The latest read of each event, while it is under way and the event unchanged. */
	private final ConcurrentMap<EventId, Object> reads = new ConcurrentHashMap<>();

	private final ConcurrentMap<EventId, Sale> sales = new ConcurrentHashMap<>();

	private volatile long lastPurge;

	/**
	 * @param clock decides whether a sale is open
	 * @param time measures ages
	 */
	UnopenedSales(Clock clock, Scheduler time) {
		this.clock = clock;
		this.time = time;
		this.lastPurge = now();
	}

	/** Whether requests for the event are refused. */
	boolean refuse(EventId event) {
		Sale sale = find(event);
		return sale != null && sale.refuses() && age(sale) < MAX_AGE.toNanos();
	}

	/**
	 * Whether requests for the event were refused before, and its next read is due.
	 */
	boolean isReadDue(EventId event) {
		Sale sale = find(event);
		return sale != null && sale.refuses() && age(sale) >= MAX_AGE.toNanos();
	}

	/**
	 * @return null when the event is not known to be unopened
	 */
	@Nullable Instant opening(EventId event) {
		Sale sale = find(event);
		return (sale != null && age(sale) < MAX_AGE.toNanos()) ? sale.opensAt() : null;
	}

	private @Nullable Sale find(EventId event) {
		Sale sale = this.sales.get(event);
		return (sale != null && this.clock.instant().isBefore(sale.opensAt())) ? sale : null;
	}

	/**
	 * Remembers what a read finds, unless this process changes the event meanwhile.
	 * @param read of the latest state of the event
	 * @return the result of the read
	 */
	Mono<Event> remember(EventId event, Mono<Event> read) {
		return Mono.defer(() -> {
			Object id = new Object();
			long start = now();
			this.reads.put(event, id);
			return read.doOnNext((found) -> remember(found, id, start))
				.doFinally((end) -> this.reads.remove(event, id));
		});
	}

	private void remember(Event found, Object read, long start) {
		purge();
		Instant opensAt = found.sale().opensAt();
		boolean refuses = found.ticketsSold() == 0 && found.held() == 0;
		this.sales.compute(found.id(), (event, last) -> {
			if (this.reads.get(event) != read) {
				return last;
			}
			boolean unopened = opensAt != null && this.clock.instant().isBefore(opensAt);
			return (unopened && this.sales.size() < MAX_SALES) ? new Sale(opensAt, refuses, start) : null;
		});
	}

	private void purge() {
		if (now() - this.lastPurge >= KEPT.toNanos()) {
			this.lastPurge = now();
			this.sales.values().removeIf((sale) -> age(sale) >= KEPT.toNanos());
		}
	}

	/**
	 * This process may have changed the event. The order matters: a read that ends
	 * between the two steps remembers nothing.
	 */
	void forget(EventId event) {
		this.reads.remove(event);
		this.sales.remove(event);
	}

	/** The number of events in memory. */
	int size() {
		return this.sales.size() + this.reads.size();
	}

	private long age(Sale sale) {
		return now() - sale.readAt();
	}

	private long now() {
		return this.time.now(TimeUnit.NANOSECONDS);
	}

	/**
	 * What was read of an event.
	 *
	 * @param refuses whether the event has neither registrations nor holds
	 * @param readAt when the read started
	 */
	private record Sale(Instant opensAt, boolean refuses, long readAt) {

	}

}
