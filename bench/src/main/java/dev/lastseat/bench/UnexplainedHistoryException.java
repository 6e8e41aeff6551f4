package dev.lastseat.bench;

import dev.lastseat.history.History;
import dev.lastseat.history.CheckResult;

/**
 * The history of a run is not known to be linearizable. Its measurement has no value.
 */
final class UnexplainedHistoryException extends RuntimeException {

	private final History history;

	private final CheckResult checkResult;

	UnexplainedHistoryException(History history, CheckResult checkResult) {
		super("no sequential execution explains the answers of a run");
		this.history = history;
		this.checkResult = checkResult;
	}

	History history() {
		return this.history;
	}

	CheckResult checkResult() {
		return this.checkResult;
	}

}
