package dev.lastseat.status;

import java.util.Map;

import dev.lastseat.booking.Standing;
import dev.lastseat.booking.UserId;

/**
 * The result of a read of standings.
 *
 * @param byUser the standings of those subscribers that were read
 * @param last whether the event does not exist or was deleted
 */
record ReadStandings(Map<UserId, Standing> byUser, boolean last) {

	static final ReadStandings NONE = new ReadStandings(Map.of(), false);

	static final ReadStandings CLOSED = new ReadStandings(Map.of(), true);

	static ReadStandings of(Map<UserId, Standing> byUser) {
		return new ReadStandings(byUser, false);
	}

}
