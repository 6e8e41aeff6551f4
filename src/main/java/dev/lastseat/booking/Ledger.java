package dev.lastseat.booking;

import java.util.List;

/**
 * The stored truth about who holds a seat, whole and unshortened, for those who prove
 * that a race ended well.
 *
 * @param ticketsSold the stored counter, not a count of {@code registrations}
 * @param registrations who holds a seat, in the order of booking, as stored
 */
public record Ledger(int capacity, int ticketsSold, List<UserId> registrations) {

	public Ledger {
		registrations = List.copyOf(registrations);
	}

}
