package dev.lastseat.history;

import org.jspecify.annotations.Nullable;

/**
 * An operation as the search sees it.
 */
final class Call {

	/** No slot: not in flight. */
	static final int NONE = -1;

	final Operation operation;

	/** Of whom it is; null for a change of the capacity. */
	final @Nullable Person person;

	/** Orders calls that are answered at one moment. */
	private final int number;

	/** No other call of the same person was in flight while this one was. */
	boolean alone;

	int slot = NONE;

	Call(Operation operation, @Nullable Person person, int number) {
		this.operation = operation;
		this.person = person;
		this.number = number;
	}

	boolean is(Answer answer) {
		return this.operation.answer() == answer;
	}

	/** Whether the event is, or may be, another one after it. */
	boolean mayChange() {
		return is(Answer.UNKNOWN) || this.operation.answer().changes();
	}

	/** Whether it has to take effect sooner than the other. */
	boolean isMoreUrgentThan(@Nullable Call other) {
		if (other == null) {
			return true;
		}
		int byAnswer = Long.compare(this.operation.responded(), other.operation.responded());
		return (byAnswer != 0) ? byAnswer < 0 : this.number < other.number;
	}

}
