package dev.lastseat.stress;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.lastseat.booking.Ledger;
import dev.lastseat.history.Answer;
import dev.lastseat.history.History;

/**
 * A race that was run.
 *
 * @param history what was asked and answered, and what is stored, read after the last
 * answer
 * @param ledger what is stored, as in the history
 * @param faults why attempts had no answer
 * @param taken from the release of the attempts to the last answer
 * @param rates of the first and of the last of a large crowd
 */
record RaceResult(RaceSettings settings, History history, Ledger ledger, List<Throwable> faults, Duration taken,
		Optional<Pace.Rates> rates) {

	long count(Answer answer) {
		return this.history.operations().stream().filter((operation) -> operation.answer() == answer).count();
	}

}
