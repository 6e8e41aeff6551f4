package dev.lastseat.simulation;

import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.lastseat.history.History;
import dev.lastseat.history.Operation;
import org.jspecify.annotations.Nullable;

/**
 * The result of a plan.
 *
 * @param violation the violated property; null when the run is correct
 */
record Run(Plan plan, @Nullable String violation, History history) {

	boolean failed() {
		return this.violation != null;
	}

	/**
	 * The planned steps, the operations of the history, and the stored state.
	 */
	String description() {
		Stream<String> planned = this.plan.steps().stream().map(Step::toString);
		Stream<String> happened = this.history.operations()
			.stream()
			.sorted(Comparator.comparingLong(Operation::invoked))
			.map(Run::line);
		return String.join(System.lineSeparator(), this.violation,
				"planned, on " + this.plan.capacity() + " seats: " + this.plan.sale(), lines(planned), "happened:",
				lines(happened), "stored: " + this.history.ledger());
	}

	private static String lines(Stream<String> lines) {
		return lines.map("  "::concat).collect(Collectors.joining(System.lineSeparator()));
	}

	static String line(Operation operation) {
		String end = (operation.responded() != Operation.NEVER) ? micros(operation.responded()) : "";
		return operation.action() + " " + operation.subject() + " " + operation.answer() + " ["
				+ micros(operation.invoked()) + ".." + end + "]";
	}

	private static String micros(long nanos) {
		return TimeUnit.NANOSECONDS.toMicros(nanos) + " µs";
	}

}
