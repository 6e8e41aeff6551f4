package dev.lastseat.booking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;

/**
 * The events whose sale is known not to be open. Requests for them are refused without
 * the storage, however many they are. Only an event without registrations and holds is
 * remembered: in any other event a user may be registered, or may confirm a hold.
 * <p>
 * An event is forgotten when its sale opens, when this process changes it, and after
 * {@link #MAX_AGE}. So when another process opens the sale earlier, this process follows
 * within that time.
 */
final class UnopenedSales {

	/** Costs one read per second and event. */
	static final Duration MAX_AGE = Duration.ofSeconds(1);

	private final ConcurrentMap<EventId, Unopened> sales = new ConcurrentHashMap<>();

	private final Clock clock;

	UnopenedSales(Clock clock) {
		this.clock = clock;
	}

	boolean contains(EventId event) {
		return opening(event) != null;
	}

	/**
	 * @return null when the event is not known to be unopened
	 */
	@Nullable Instant opening(EventId event) {
		Unopened sale = this.sales.get(event);
		if (sale == null) {
			return null;
		}
		Instant now = this.clock.instant();
		if (now.isBefore(sale.opensAt()) && now.isBefore(sale.readAt().plus(MAX_AGE)) && !now.isBefore(sale.readAt())) {
			return sale.opensAt();
		}
		this.sales.remove(event, sale);
		return null;
	}

	void remember(Event event) {
		Instant now = this.clock.instant();
		Instant opensAt = event.sale().opensAt();
		if (opensAt != null && now.isBefore(opensAt) && event.ticketsSold() == 0 && event.held() == 0) {
			this.sales.put(event.id(), new Unopened(opensAt, now));
		}
	}

	void forget(EventId event) {
		this.sales.remove(event);
	}

	/** What was read of an event, and when the read ended. */
	private record Unopened(Instant opensAt, Instant readAt) {

	}

}
