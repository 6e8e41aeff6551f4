package dev.lastseat.proof;

import java.time.Duration;
import java.util.List;

import dev.lastseat.history.Answer;
import dev.lastseat.history.Details;
import dev.lastseat.history.History;
import dev.lastseat.history.Operation;

/**
 * The documented durability window of the embedded engine: a kill can lose the writes
 * that it confirmed in the last few tenths of a second.
 */
final class DurabilityWindow {

	/** The "few tenths of a second" of the documentation. */
	static final Duration LENGTH = Duration.ofMillis(500);

	private DurabilityWindow() {
	}

	/**
	 * Returns the history with unknown outcomes for the answers of the durability window.
	 * The answers before the window and after the kill stay binding.
	 * @param killedAt time of the kill, on the clock of the history
	 */
	static History relax(History history, long killedAt) {
		List<Operation> operations = history.operations()
			.stream()
			.map((operation) -> isInWindow(operation, killedAt) ? withUnknownOutcome(operation) : operation)
			.toList();
		return history.with(operations);
	}

	/**
	 * Returns the history up to the kill: operations that began before it, with unknown
	 * outcomes for those that were not answered by then.
	 * @param killedAt time of the kill, on the clock of the history
	 */
	static History upTo(History history, long killedAt) {
		List<Operation> operations = history.operations()
			.stream()
			.filter((operation) -> operation.invoked() <= killedAt)
			.map((operation) -> (operation.responded() > killedAt) ? withUnknownOutcome(operation) : operation)
			.toList();
		return history.with(operations);
	}

	private static boolean isInWindow(Operation operation, long killedAt) {
		return operation.invoked() <= killedAt && operation.responded() >= killedAt - LENGTH.toNanos();
	}

	private static Operation withUnknownOutcome(Operation operation) {
		return new Operation(operation.action(), operation.users(), operation.capacity(), operation.invoked(),
				Operation.NEVER, Answer.UNKNOWN, Details.NONE);
	}

}
