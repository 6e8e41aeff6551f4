package dev.lastseat.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.lastseat.history.Answer;
import dev.lastseat.history.History;
import dev.lastseat.history.HistoryFile;
import dev.lastseat.history.Operation;

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
	 * @param histories histories of bookings that must be linearizable, the complete one
	 * last
	 * @param sales histories of sales that must be linearizable
	 * @param allowedLosses confirmed bookings that were lost, as the documentation allows
	 * @param unexpectedAnswers answers that the service must never give
	 */
	void check(int faults, int allowedLosses, List<History> histories, List<History> sales,
			List<Throwable> unexpectedAnswers) {
		History complete = histories.get(histories.size() - 1);
		List<Operation> operations = Stream.concat(Stream.of(complete), sales.stream())
			.flatMap((history) -> history.operations().stream())
			.toList();
		OperationCounts counts = OperationCounts.of(operations);
		ProofResult result = new ProofResult(this.kind, 1, counts, faults, allowedLosses, 0, 0, 0, 0, 0);
		for (History history : histories) {
			result = result.plus(result(history, Anomalies.of(history)));
		}
		for (History sale : sales) {
			result = result.plus(result(sale, Anomalies.ofSale(sale)));
		}
		System.out.println(this.kind + ", " + this.seed + ": " + count(operations, Answer.BOOKED) + " booked, "
				+ count(operations, Answer.SOLD_OUT) + " sold out, " + count(operations, Answer.NOTHING_CHANGED)
				+ " unavailable, " + counts + ", " + faults + " faults, " + allowedLosses + " allowed losses");
		result.append(FILE);
		assertThat(result.hasNoAnomalies()).as("%s with %s: %s", this.kind, this.seed, result).isTrue();
		assertThat(unexpectedAnswers).as("answers that the service must never give").isEmpty();
		assertThat(count(operations, Answer.BOOKED)).as("bookings").isPositive();
		assertThat(counts.unknown() + count(operations, Answer.NOTHING_CHANGED)).as("operations that a fault affected")
			.isPositive();
	}

	/** Stores the history for analysis when it has anomalies. */
	private ProofResult result(History history, Anomalies anomalies) {
		if (!anomalies.isNone()) {
			store(history);
		}
		return new ProofResult(this.kind, 0, OperationCounts.NONE, 0, 0, anomalies.lost(), anomalies.oversold(),
				anomalies.duplicates(), anomalies.falseRefusals(), anomalies.nonLinearizable());
	}

	private static long count(List<Operation> operations, Answer answer) {
		return operations.stream().filter((operation) -> operation.answer() == answer).count();
	}

	private static void store(History history) {
		try {
			Path directory = Files.createDirectories(ProofResult.DIRECTORY.resolve("histories"));
			HistoryFile.write(directory.resolve(history.event() + ".jsonl"), history);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
