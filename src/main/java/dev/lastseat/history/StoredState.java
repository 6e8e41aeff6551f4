package dev.lastseat.history;

import java.util.Set;

import dev.lastseat.booking.Ledger;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of a stored document whatever led to it.
 */
final class StoredState {

	private StoredState() {
	}

	/**
	 * @return what does not; null when all does
	 */
	static @Nullable String objection(Ledger ledger) {
		if (ledger.ticketsSold() != ledger.registrations().size()) {
			return "tickets_sold is not the number of registration_ids";
		}
		if (Set.copyOf(ledger.registrations()).size() != ledger.registrations().size()) {
			return "somebody is stored twice";
		}
		return (ledger.ticketsSold() > ledger.capacity()) ? "more seats are taken than there are" : null;
	}

}
