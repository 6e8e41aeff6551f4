package dev.lastseat.bench;

import dev.lastseat.history.History;
import dev.lastseat.history.Judgement;

/**
 * A run whose answers are not known to be true. What was measured of it is worth nothing.
 */
final class UnexplainedHistoryException extends RuntimeException {

	private final History history;

	private final Judgement judgement;

	UnexplainedHistoryException(History history, Judgement judgement) {
		super("the answers of a run are not explained by any sequential execution");
		this.history = history;
		this.judgement = judgement;
	}

	public History history() {
		return this.history;
	}

	public Judgement judgement() {
		return this.judgement;
	}

}
