package dev.lastseat.history;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Finds the smallest prefix of a history that no sequential execution explains. It uses a
 * binary search over the responses: when a prefix has no explanation, no longer prefix
 * has one. The stored state is not part of a prefix.
 */
final class SmallestPrefix {

	private final Checker checker;

	private final History history;

	/** In the order of the responses; pending operations come last. */
	private final List<Operation> operations;

	private final int answers;

	/** Whether every check of a prefix had a result. */
	private boolean certain = true;

	/**
	 * @param history a history that no execution explains
	 */
	SmallestPrefix(Checker checker, History history) {
		this.checker = checker;
		this.history = history;
		this.operations = history.operations()
			.stream()
			.filter((operation) -> operation.answer() != Answer.NOTHING_CHANGED)
			.sorted(Comparator.comparingLong(Operation::responded))
			.toList();
		this.answers = (int) this.operations.stream()
			.filter((operation) -> operation.responded() != Operation.NEVER)
			.count();
	}

	/**
	 * @param objection the objection to the whole history; it is the reason when every
	 * prefix has an explanation, and only the stored state has none
	 */
	CheckResult.Violation violation(String objection) {
		String reason = objection(this.answers);
		if (reason == null) {
			return violation(this.operations.stream(), null, objection);
		}
		int explained = 0;
		int unexplained = this.answers;
		while (unexplained - explained > 1) {
			int middle = (explained + unexplained) >>> 1;
			String here = objection(middle);
			if (here == null) {
				explained = middle;
			}
			else {
				unexplained = middle;
				reason = here;
			}
		}
		return violation(prefix(unexplained), this.operations.get(unexplained - 1), reason);
	}

	private CheckResult.Violation violation(Stream<Operation> prefix, @Nullable Operation offender, String reason) {
		String doubt = this.certain ? ""
				: " (perhaps a shorter prefix has no explanation either: a search there reached its budget)";
		return new CheckResult.Violation(prefix.sorted(Comparator.comparingLong(Operation::invoked)).toList(), offender,
				reason + doubt);
	}

	private @Nullable String objection(int answers) {
		try {
			return this.checker.objection(this.history.withoutLedger().with(prefix(answers).toList()));
		}
		catch (SearchExhausted ex) {
			this.certain = false;
			return null;
		}
	}

	/**
	 * @param answers how many responses the prefix has; operations that were invoked by
	 * then and have no response are pending
	 */
	private Stream<Operation> prefix(int answers) {
		if (answers == 0) {
			return Stream.empty();
		}
		long end = this.operations.get(answers - 1).responded();
		return Stream.concat(this.operations.stream().limit(answers),
				this.operations.stream()
					.skip(answers)
					.filter((operation) -> operation.invoked() <= end)
					.map(Operation::pending));
	}

}
