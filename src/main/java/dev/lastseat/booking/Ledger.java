package dev.lastseat.booking;

import java.util.List;

/**
 * All registrations of an event and its counters, as stored. Tests and the checker
 * compare it with the answers that callers got.
 *
 * @param capacity number of seats
 * @param ticketsSold the stored counter, not the size of {@code registrations}
 * @param registrations the registered users, in the order of booking, as stored
 */
public record Ledger(int capacity, int ticketsSold, List<UserId> registrations) {

	public Ledger {
		registrations = List.copyOf(registrations);
	}

}
