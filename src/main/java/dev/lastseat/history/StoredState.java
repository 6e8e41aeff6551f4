package dev.lastseat.history;

import java.util.Set;

import dev.lastseat.booking.Ledger;
import org.jspecify.annotations.Nullable;

/** The invariants of a stored event, independent of its history. */
final class StoredState {

	private StoredState() {
	}

	/**
	 * @return the invariant that is broken; null when all hold
	 */
	static @Nullable String objection(Ledger ledger) {
		if (ledger.ticketsSold() != ledger.registrations().size()) {
			return "tickets_sold is not the number of registration_ids";
		}
		if (Set.copyOf(ledger.registrations()).size() != ledger.registrations().size()) {
			return "a user is stored twice";
		}
		return (ledger.ticketsSold() > ledger.capacity()) ? "more seats are taken than the capacity allows" : null;
	}

}
