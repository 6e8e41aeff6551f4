package dev.lastseat.proof;

import java.time.Duration;
import java.util.List;

import dev.lastseat.history.Answer;
import dev.lastseat.history.History;
import dev.lastseat.history.Operation;

/**
 * What the embedded engine is documented to forget when it is killed: what it answered in
 * the last moment, a few tenths of a second at most.
 */
final class DurabilityWindow {

	/** The few tenths of a second of the documentation. */
	static final Duration LAST_MOMENT = Duration.ofMillis(500);

	private DurabilityWindow() {
	}

	/**
	 * The weaker statement that the documentation leaves of a history: the answers of the
	 * last moment before the kill bind nobody, and those before and after do.
	 * @param killed when, in the time of the history
	 */
	static History forgive(History history, long killed) {
		List<Operation> operations = history.operations()
			.stream()
			.map((operation) -> isOfTheLastMoment(operation, killed) ? unanswered(operation) : operation)
			.toList();
		return new History(history.event(), history.capacity(), operations, history.ledger());
	}

	/**
	 * The same, up to the kill: what had been answered, and what had been asked for.
	 */
	static History upTo(History history, long killed) {
		List<Operation> operations = history.operations()
			.stream()
			.filter((operation) -> operation.invoked() <= killed)
			.map((operation) -> (operation.responded() > killed) ? unanswered(operation) : operation)
			.toList();
		return new History(history.event(), history.capacity(), operations, history.ledger());
	}

	private static boolean isOfTheLastMoment(Operation operation, long killed) {
		return operation.invoked() <= killed && operation.responded() >= killed - LAST_MOMENT.toNanos();
	}

	private static Operation unanswered(Operation operation) {
		return new Operation(operation.action(), operation.user(), operation.capacity(), operation.invoked(),
				Operation.NEVER, Answer.UNKNOWN);
	}

}
