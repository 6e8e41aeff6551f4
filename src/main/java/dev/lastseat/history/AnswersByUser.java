package dev.lastseat.history;

import java.util.HashMap;
import java.util.Map;

import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The answers of a history that contains only bookings, for each user. At most one
 * operation can have booked a user: the one with the answer {@code BOOKED}, or else a
 * pending one. Of several pending ones the first invoked stands for all, since it can
 * take effect at every moment at which the others can.
 */
final class AnswersByUser {

	/** All users with an operation. */
	final Map<UserId, UserAnswers> users = new HashMap<>();

	/**
	 * The earliest response {@code SOLD_OUT}; {@link Operation#NEVER} when there is none.
	 */
	long firstSoldOut = Operation.NEVER;

	/** A contradiction in the answers; null for none. */
	@Nullable String contradiction;

	static AnswersByUser of(History history) {
		AnswersByUser byUser = new AnswersByUser();
		history.operations().forEach(byUser::add);
		return byUser;
	}

	private void add(Operation operation) {
		Answer answer = operation.answer();
		if (answer == Answer.EVENT_NOT_FOUND) {
			this.contradiction = "an answer says that the event does not exist";
		}
		else if (answer != Answer.NOTHING_CHANGED) {
			UserAnswers answers = this.users.computeIfAbsent(operation.user(), (user) -> new UserAnswers());
			if (answer == Answer.BOOKED && answers.toldBooked) {
				this.contradiction = operation.user() + " was booked twice";
			}
			answers.add(operation);
			if (answer == Answer.SOLD_OUT) {
				this.firstSoldOut = Math.min(this.firstSoldOut, operation.responded());
			}
		}
	}

	boolean anySoldOut() {
		return this.firstSoldOut != Operation.NEVER;
	}

	/** The answers that one user got. */
	static final class UserAnswers {

		boolean toldBooked;

		boolean toldSoldOut;

		/**
		 * The invocation of the operation that booked the user, or may have;
		 * {@link Operation#NEVER} when there is none.
		 */
		long invoked = Operation.NEVER;

		/**
		 * The response of that operation; {@link Operation#NEVER} while it is pending.
		 */
		long responded = Operation.NEVER;

		/**
		 * The earliest response {@code ALREADY_REGISTERED}; {@link Operation#NEVER} when
		 * there is none.
		 */
		long firstAlreadyRegistered = Operation.NEVER;

		private void add(Operation operation) {
			switch (operation.answer()) {
				case BOOKED -> {
					this.toldBooked = true;
					this.invoked = operation.invoked();
					this.responded = operation.responded();
				}
				case ALREADY_REGISTERED ->
					this.firstAlreadyRegistered = Math.min(this.firstAlreadyRegistered, operation.responded());
				case SOLD_OUT -> this.toldSoldOut = true;
				default -> {
					if (!this.toldBooked) {
						this.invoked = Math.min(this.invoked, operation.invoked());
					}
				}
			}
		}

		boolean toldAlreadyRegistered() {
			return this.firstAlreadyRegistered != Operation.NEVER;
		}

		boolean mayBeBooked() {
			return this.invoked != Operation.NEVER;
		}

	}

}
