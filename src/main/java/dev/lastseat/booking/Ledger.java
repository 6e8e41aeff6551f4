package dev.lastseat.booking;

import java.util.List;

/**
 * All registrations, holds and waiting users of an event and its counters, as stored.
 * Tests and the checker compare it with the answers that callers got.
 *
 * @param capacity number of seats
 * @param ticketsSold the stored counter, not the size of {@code registrations}
 * @param held the stored counter, not the size of {@code holds}
 * @param registrations the registered users, in the order of booking, as stored
 * @param holds the holds, in any order, expired ones included
 * @param waiting the users of the waiting list, in its order
 */
public record Ledger(int capacity, int ticketsSold, int held, List<UserId> registrations, List<Hold> holds,
		List<UserId> waiting) {

	public Ledger {
		registrations = List.copyOf(registrations);
		holds = List.copyOf(holds);
		waiting = List.copyOf(waiting);
	}

}
