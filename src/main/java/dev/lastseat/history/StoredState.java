package dev.lastseat.history;

import java.util.HashSet;
import java.util.Set;

import dev.lastseat.booking.Hold;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/** The invariants of a stored event, independent of its history. */
final class StoredState {

	private StoredState() {
	}

	/**
	 * @return the invariant that is broken; null when all hold
	 */
	static @Nullable String objection(Ledger ledger) {
		Set<UserId> registered = new HashSet<>(ledger.registrations());
		if (ledger.ticketsSold() != ledger.registrations().size()) {
			return "tickets_sold is not the number of registration_ids";
		}
		if (registered.size() != ledger.registrations().size()) {
			return "a user is stored twice";
		}
		if (ledger.held() != ledger.holds().size()) {
			return "held is not the number of holds";
		}
		if (ledger.holds().stream().map(Hold::user).anyMatch(registered::contains)) {
			return "a registered user has a hold";
		}
		return (ledger.ticketsSold() + ledger.held() > ledger.capacity())
				? "more seats are taken than the capacity allows" : null;
	}

}
