package dev.lastseat.history;

import org.jspecify.annotations.Nullable;

/** An operation with the state that the search keeps for it. */
final class Call {

	/** The slot of a call that is not pending. */
	static final int NONE = -1;

	final Operation operation;

	/** The user who books or cancels; null for a change of the capacity. */
	final @Nullable UserState user;

	/** Orders calls that respond at the same moment. */
	private final int number;

	/** Whether no other call of the same user was pending at the same time. */
	boolean alone;

	int slot = NONE;

	/**
	 * The latest earlier call with an unknown outcome that requests the same; null for
	 * none.
	 */
	@Nullable Call earlierDuplicate;

	Call(Operation operation, @Nullable UserState user, int number) {
		this.operation = operation;
		this.user = user;
		this.number = number;
	}

	boolean is(Answer answer) {
		return this.operation.answer() == answer;
	}

	/** Tells whether the call changes the event, or may change it. */
	boolean mayChange() {
		return is(Answer.UNKNOWN) || this.operation.answer().changes();
	}

	/** Tells whether both calls request the same and have an unknown outcome. */
	boolean isDuplicateOf(Call other) {
		return is(Answer.UNKNOWN) && other.is(Answer.UNKNOWN) && this.user == other.user
				&& this.operation.action() == other.operation.action()
				&& this.operation.capacity() == other.operation.capacity();
	}

	/**
	 * Tells whether this call responds before the other. Calls that respond at the same
	 * moment are in the order of their numbers.
	 * @param other null for none; then the answer is true
	 */
	boolean respondsBefore(@Nullable Call other) {
		if (other == null) {
			return true;
		}
		int byAnswer = Long.compare(this.operation.responded(), other.operation.responded());
		return (byAnswer != 0) ? byAnswer < 0 : this.number < other.number;
	}

}
