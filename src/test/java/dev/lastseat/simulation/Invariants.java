package dev.lastseat.simulation;

import java.util.HashSet;
import java.util.List;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of an event in every state that anyone can read.
 */
final class Invariants {

	private final EventId event;

	private final EventRepository repository;

	private @Nullable String objection;

	Invariants(EventId event, EventRepository repository) {
		this.event = event;
		this.repository = repository;
	}

	/**
	 * Looks at the event as it is now.
	 */
	void look() {
		if (this.objection == null) {
			Ledger ledger = this.repository.ledger(this.event).block();
			this.objection = (ledger != null) ? objection(ledger) : "the event is gone";
		}
	}

	private static @Nullable String objection(Ledger ledger) {
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
	 * @return what was wrong at the first look that found something; null when nothing
	 * was
	 */
	@Nullable String objection() {
		return this.objection;
	}

}
