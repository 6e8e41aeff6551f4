package dev.lastseat.history;

import org.jspecify.annotations.Nullable;

/**
 * Exact check of a history that contains only bookings, by the answers alone. Used when
 * the stored state is not known, for example for a prefix of a history.
 * <p>
 * A user with the answer {@code BOOKED} or {@code ALREADY_REGISTERED} must be booked. Of
 * the other users, those with a pending booking may be booked, unless they got
 * {@code SOLD_OUT}: an event without cancellations stays full. The order of the bookings
 * is free, so every booking can take effect at its invocation, its earliest moment. A
 * {@code SOLD_OUT} then needs {@code capacity} bookings that were all invoked before its
 * response. All users who must be booked are among them.
 */
final class AnsweredBookings {

	private AnsweredBookings() {
	}

	/**
	 * @return why no order of the bookings explains the answers; null when an order does
	 */
	static @Nullable String objection(History history) {
		AnswersByUser byUser = AnswersByUser.of(history);
		if (byUser.contradiction != null) {
			return byUser.contradiction;
		}
		int must = 0;
		int may = 0;
		for (var entry : byUser.users.entrySet()) {
			AnswersByUser.UserAnswers answers = entry.getValue();
			if (answers.toldBooked || answers.toldAlreadyRegistered()) {
				must++;
				String objection = objection(answers, byUser.firstSoldOut);
				if (objection != null) {
					return entry.getKey() + objection;
				}
			}
			else if (!answers.toldSoldOut && answers.invoked <= byUser.firstSoldOut) {
				may += answers.mayBeBooked() ? 1 : 0;
			}
		}
		if (must > history.capacity()) {
			return "more users hold a seat than there are seats";
		}
		boolean full = must + may >= history.capacity();
		return (byUser.anySoldOut() && !full) ? "a user was told SOLD_OUT before the last seat can have been booked"
				: null;
	}

	private static @Nullable String objection(AnswersByUser.UserAnswers answers, long firstSoldOut) {
		if (answers.firstAlreadyRegistered < answers.invoked) {
			return " was told ALREADY_REGISTERED before their booking can have taken effect";
		}
		if (answers.toldSoldOut) {
			return " was told SOLD_OUT, but had a seat";
		}
		return (firstSoldOut < answers.invoked) ? " was booked after another user was told SOLD_OUT" : null;
	}

}
