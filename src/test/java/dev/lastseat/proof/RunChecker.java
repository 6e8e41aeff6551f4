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
 * Judges a run, adds it to the table, and only then fails it where it has to fail.
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
	 * @param histories what has to be linearizable, the whole one last
	 * @param forgotten confirmed bookings that are gone, and may be
	 */
	void judge(int faults, int forgotten, List<History> histories, List<Throwable> mistakes) {
		History whole = histories.get(histories.size() - 1);
		ProofResult line = new ProofResult(this.kind, 1, whole.operations().size(), count(whole, Answer.UNKNOWN),
				faults, forgotten, 0, 0, 0, 0, 0);
		for (History history : histories) {
			Anomalies damage = Anomalies.of(history);
			line = line.plus(new ProofResult(this.kind, 0, 0, 0, 0, 0, damage.lost(), damage.oversold(),
					damage.doubled(), damage.falseRefusals(), damage.nonLinearizable()));
		}
		System.out.println(this.kind + ", " + this.seed + ": " + line.operations() + " operations, "
				+ count(whole, Answer.BOOKED) + " booked, " + count(whole, Answer.SOLD_OUT) + " sold out, "
				+ count(whole, Answer.NOTHING_CHANGED) + " refused, " + line.unknown() + " unknown, " + faults
				+ " faults, " + forgotten + " forgotten");
		line.append(FILE);
		keepUnless(line.isSpotless(), whole);
		assertThat(line.isSpotless()).as("%s with %s: %s", this.kind, this.seed, line).isTrue();
		assertThat(mistakes).as("answers that nobody may get").isEmpty();
		assertThat(count(whole, Answer.BOOKED)).as("bookings").isPositive();
		assertThat(line.unknown() + count(whole, Answer.NOTHING_CHANGED)).as("operations that a fault has struck")
			.isPositive();
	}

	private static long count(History history, Answer answer) {
		return history.operations().stream().filter((operation) -> operation.answer() == answer).count();
	}

	/** A history that went wrong is kept, to be looked at. */
	private void keepUnless(boolean spotless, History history) {
		if (!spotless) {
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
