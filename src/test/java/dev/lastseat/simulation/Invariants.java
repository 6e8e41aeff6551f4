package dev.lastseat.simulation;

import java.util.HashSet;
import java.util.List;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The invariants of an event, which hold in every state that a client can read.
 */
final class Invariants {

	private final EventId event;

	private final EventRepository repository;

	private @Nullable String violation;

	Invariants(EventId event, EventRepository repository) {
		this.event = event;
		this.repository = repository;
	}

	/** Checks the current state of the event. */
	void check() {
		if (this.violation == null) {
			Ledger ledger = this.repository.ledger(this.event).block();
			this.violation = (ledger != null) ? violation(ledger) : "the event does not exist";
		}
	}

	private static @Nullable String violation(Ledger ledger) {
		List<UserId> users = ledger.registrations();
		if (ledger.ticketsSold() < 0 || ledger.ticketsSold() > ledger.capacity()) {
			return "tickets_sold out of bounds: " + ledger;
		}
		if (ledger.ticketsSold() != users.size()) {
			return "miscounted: " + ledger;
		}
		return (new HashSet<>(users).size() < users.size()) ? "registered twice: " + ledger : null;
	}

	/**
	 * @return the first violation; null when there is none
	 */
	@Nullable String violation() {
		return this.violation;
	}

}
