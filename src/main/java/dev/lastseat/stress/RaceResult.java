package dev.lastseat.stress;

import java.time.Duration;
import java.util.List;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Ledger;

/**
 * A race that was run.
 *
 * @param taken from the release of the attempts to the last answer
 * @param ledger what is stored, read after the last answer
 */
record RaceResult(RaceSettings settings, List<Attempt> attempts, Duration taken, Ledger ledger) {

	long count(BookingOutcome outcome) {
		return this.attempts.stream().filter((attempt) -> attempt.outcome() == outcome).count();
	}

}
