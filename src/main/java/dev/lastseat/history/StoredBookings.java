package dev.lastseat.history;

import java.util.HashSet;
import java.util.Set;

import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Exact check of a history that contains only bookings against the stored state. It looks
 * once at each operation and once at each element of the stored list.
 * <p>
 * Why it is exact:
 * <ul>
 * <li>Without cancellations the stored list is the order in which the bookings took
 * effect. Each stored user was booked by the one operation that {@link AnswersByUser}
 * names.
 * <li>A booking takes effect between its invocation and its response, and not before the
 * bookings in front of it in the list. So its earliest moment is the latest invocation up
 * to its index. These earliest moments form a legal order whenever one exists.
 * <li>The other answers only require that a booking took effect early enough.
 * {@code ALREADY_REGISTERED}: the booking of this user, before the response.
 * {@code SOLD_OUT}: the last booking of a full event, before the response, and the user
 * is not in the list, because a listed user was registered or could still be booked.
 * <li>So the earliest moments explain everything that any other moments explain. The
 * rules below hold for them, and are necessary and sufficient.
 * </ul>
 */
final class StoredBookings {

	private final History history;

	private final Ledger ledger;

	private final AnswersByUser byUser;

	private final Set<UserId> stored;

	private StoredBookings(History history, Ledger ledger) {
		this.history = history;
		this.ledger = ledger;
		this.byUser = AnswersByUser.of(history);
		this.stored = new HashSet<>(ledger.registrations());
	}

	/**
	 * @return why no order of the bookings ends in the stored state; null when one does
	 */
	static @Nullable String objection(History history, Ledger ledger) {
		String stateObjection = StoredState.objection(ledger);
		if (stateObjection != null) {
			return stateObjection;
		}
		if (ledger.capacity() != history.capacity()) {
			return "the stored capacity differs, although no operation changed it";
		}
		StoredBookings check = new StoredBookings(history, ledger);
		return (check.byUser.contradiction != null) ? check.byUser.contradiction : check.objection();
	}

	private @Nullable String objection() {
		String order = objectionToOrder();
		if (order != null) {
			return order;
		}
		for (var entry : this.byUser.users.entrySet()) {
			String objection = this.stored.contains(entry.getKey()) ? null
					: objectionToAbsence(entry.getKey(), entry.getValue());
			if (objection != null) {
				return objection;
			}
		}
		return null;
	}

	/**
	 * Goes through the list with the earliest moment at which all users so far are
	 * booked.
	 */
	private @Nullable String objectionToOrder() {
		long earliest = Long.MIN_VALUE;
		for (UserId user : this.ledger.registrations()) {
			AnswersByUser.UserAnswers answers = this.byUser.users.get(user);
			if (answers == null || !answers.mayBeBooked()) {
				return user + " is stored, but has no booking that can have taken effect";
			}
			earliest = Math.max(earliest, answers.invoked);
			if (answers.responded < earliest) {
				return user + " is stored after a user whose booking was invoked after " + user + " was told BOOKED";
			}
			if (answers.firstAlreadyRegistered < earliest) {
				return user + " was told ALREADY_REGISTERED before their booking can have taken effect";
			}
			if (answers.toldSoldOut) {
				return user + " is stored, but was told SOLD_OUT";
			}
		}
		return objectionToSoldOut(earliest);
	}

	private @Nullable String objectionToSoldOut(long lastBooking) {
		if (!this.byUser.anySoldOut()) {
			return null;
		}
		if (this.stored.size() < this.history.capacity()) {
			return "a user was told SOLD_OUT, but a seat is free in the end";
		}
		return (this.byUser.firstSoldOut < lastBooking)
				? "a user was told SOLD_OUT before the last seat can have been booked" : null;
	}

	private static @Nullable String objectionToAbsence(UserId user, AnswersByUser.UserAnswers answers) {
		if (answers.toldBooked) {
			return user + " was told BOOKED, but is not stored";
		}
		return answers.toldAlreadyRegistered() ? user + " was told ALREADY_REGISTERED, but is not stored" : null;
	}

}
