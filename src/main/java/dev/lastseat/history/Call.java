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

	/** The last one before it that asks for the same, with an unknown outcome as well. */
	@Nullable Call twin;

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

	/** Whether both ask for the same and have an unknown outcome. */
	boolean isTwinOf(Call other) {
		return is(Answer.UNKNOWN) && other.is(Answer.UNKNOWN) && this.person == other.person
				&& this.operation.action() == other.operation.action()
				&& this.operation.capacity() == other.operation.capacity();
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
