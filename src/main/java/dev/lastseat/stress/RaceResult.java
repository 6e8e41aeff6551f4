package dev.lastseat.stress;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.lastseat.booking.Ledger;
import dev.lastseat.history.Answer;
import dev.lastseat.history.History;

/**
 * The result of a race.
 *
 * @param history the operations and answers, and the stored state, read after the last
 * answer
 * @param ledger the stored state, as in the history
 * @param faults the errors of the attempts without an answer
 * @param taken the time from the release of the attempts to the last answer
 * @param rates the rates of the first and last answers of a large race
 */
record RaceResult(RaceSettings settings, History history, Ledger ledger, List<Throwable> faults, Duration taken,
		Optional<Pace.Rates> rates) {

	long count(Answer answer) {
		return this.history.operations().stream().filter((operation) -> operation.answer() == answer).count();
	}

}
