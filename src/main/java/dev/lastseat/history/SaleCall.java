package dev.lastseat.history;

import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * An operation with what the {@link SaleSearch} needs of it.
 *
 * @param number its index among all calls, in the order of their invocations
 * @param users the numbers of its users
 * @param holds for each user the number of the hold that this call makes or names; -1 for
 * none
 * @param earlierDuplicate the latest earlier call with an unknown outcome that requests
 * the same; null for none
 */
record SaleCall(Operation operation, int number, int[] users, int[] holds, @Nullable SaleCall earlierDuplicate) {

	boolean is(Answer answer) {
		return this.operation.answer() == answer;
	}

	Action action() {
		return this.operation.action();
	}

	/** Tells whether the call changes the event, or may change it. */
	boolean mayChange() {
		return is(Answer.UNKNOWN) || this.operation.answer().changes();
	}

	/** Tells whether the call certainly books or cancels the seat of one of its users. */
	boolean changesRegistration(UserId user) {
		return (is(Answer.BOOKED) || is(Answer.CONFIRMED) || is(Answer.RELEASED))
				&& !this.operation.details().before().contains(user);
	}

	boolean mayCancel() {
		return action() == Action.CANCEL && mayChange();
	}

	boolean concerns(int user) {
		for (int one : this.users) {
			if (one == user) {
				return true;
			}
		}
		return false;
	}

}
