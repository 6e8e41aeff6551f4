package dev.lastseat.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.lastseat.history.Answer;
import dev.lastseat.history.History;
import dev.lastseat.history.HistoryFile;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks a run with faults, appends its result for the table, and then fails the test if
 * there is an anomaly.
 */
final class RunChecker {

	private static final Path FILE = ProofResult.DIRECTORY.resolve("faults.jsonl");

	private final String kind;

	private final Seed seed;

	RunChecker(String kind, Seed seed) {
		this.kind = kind;
		this.seed = seed;
	}

	/**
	 * @param faults the number of injected faults
	 * @param histories histories that must be linearizable, the complete one last
	 * @param allowedLosses confirmed bookings that were lost, as the documentation allows
	 * @param unexpectedAnswers answers that the service must never give
	 */
	void check(int faults, int allowedLosses, List<History> histories, List<Throwable> unexpectedAnswers) {
		History complete = histories.get(histories.size() - 1);
		ProofResult result = new ProofResult(this.kind, 1, complete.operations().size(),
				count(complete, Answer.UNKNOWN), faults, allowedLosses, 0, 0, 0, 0, 0);
		for (History history : histories) {
			Anomalies anomalies = Anomalies.of(history);
			result = result.plus(new ProofResult(this.kind, 0, 0, 0, 0, 0, anomalies.lost(), anomalies.oversold(),
					anomalies.duplicates(), anomalies.falseRefusals(), anomalies.nonLinearizable()));
		}
		System.out.println(this.kind + ", " + this.seed + ": " + result.operations() + " operations, "
				+ count(complete, Answer.BOOKED) + " booked, " + count(complete, Answer.SOLD_OUT) + " sold out, "
				+ count(complete, Answer.NOTHING_CHANGED) + " unavailable, " + result.unknown() + " unknown, " + faults
				+ " faults, " + allowedLosses + " allowed losses");
		result.append(FILE);
		storeUnless(result.hasNoAnomalies(), complete);
		assertThat(result.hasNoAnomalies()).as("%s with %s: %s", this.kind, this.seed, result).isTrue();
		assertThat(unexpectedAnswers).as("answers that the service must never give").isEmpty();
		assertThat(count(complete, Answer.BOOKED)).as("bookings").isPositive();
		assertThat(result.unknown() + count(complete, Answer.NOTHING_CHANGED)).as("operations that a fault affected")
			.isPositive();
	}

	private static long count(History history, Answer answer) {
		return history.operations().stream().filter((operation) -> operation.answer() == answer).count();
	}

	/** Stores the history for analysis when the run has anomalies. */
	private void storeUnless(boolean correct, History history) {
		if (!correct) {
			try {
				Path directory = Files.createDirectories(ProofResult.DIRECTORY.resolve("histories"));
				HistoryFile.write(directory.resolve(history.event() + ".jsonl"), history);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

}
