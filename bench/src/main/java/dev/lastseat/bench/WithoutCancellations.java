package dev.lastseat.bench;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import dev.lastseat.history.Action;
import dev.lastseat.history.Answer;
import dev.lastseat.history.History;
import dev.lastseat.history.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Reduces a history to its bookings, which are checked in linear time. The time of the
 * general search can double with each pending operation, and these histories have
 * hundreds.
 * <p>
 * The reduced history is linearizable exactly when the full history is, under three
 * conditions: the event cannot fill up; each user books at most once and cancels at most
 * once; a user cancels after the answer {@code BOOKED} or never books. The answers of
 * different users are then independent. A cancellation that took effect removes the user
 * from the stored list, so the booking leaves no trace there and is left out. A
 * cancellation without effect changes nothing. For a cancellation with an unknown
 * outcome, the stored list tells which of the two it was. The order of the stored list
 * remains, and it depends only on the bookings that stay.
 */
final class WithoutCancellations {

	private final Map<UserId, Operation> bookings = new HashMap<>();

	private final Map<UserId, Operation> cancellations = new HashMap<>();

	private final Set<UserId> stored;

	private WithoutCancellations(History history) {
		Ledger ledger = history.ledger();
		this.stored = (ledger != null) ? new HashSet<>(ledger.registrations()) : Set.of();
		for (Operation operation : history.operations()) {
			boolean booking = operation.action() == Action.BOOK;
			Operation other = (booking ? this.bookings : this.cancellations).put(operation.user(), operation);
			require(other == null, "a user sends the same request twice");
		}
		require(this.bookings.size() <= history.capacity(), "the event can fill up");
		this.cancellations.forEach((user, operation) -> requireExpected(operation, this.bookings.get(user)));
	}

	/**
	 * @param history a history with its ledger; returned unchanged when it has no
	 * cancellation
	 * @throws IllegalStateException when the conditions are not met
	 */
	static History of(History history) {
		if (history.operations().stream().noneMatch((operation) -> operation.action() == Action.CANCEL)) {
			return history;
		}
		require(history.ledger() != null, "the stored list is not known");
		WithoutCancellations reduced = new WithoutCancellations(history);
		List<Operation> staying = history.operations().stream().filter(reduced::stays).toList();
		return new History(history.event(), history.capacity(), staying, history.ledger());
	}

	private static void requireExpected(Operation cancellation, @Nullable Operation booking) {
		Answer answer = cancellation.answer();
		if (booking == null) {
			require(answer != Answer.RELEASED, "a user without a booking was told RELEASED");
			return;
		}
		require(booking.answer() == Answer.BOOKED && booking.responded() <= cancellation.invoked(),
				"a user cancels before the answer BOOKED");
		require(answer != Answer.NOT_REGISTERED, "a user with a seat was told NOT_REGISTERED");
	}

	private static void require(boolean condition, String otherwise) {
		if (!condition) {
			throw new IllegalStateException(otherwise);
		}
	}

	private boolean stays(Operation operation) {
		return operation.action() == Action.BOOK && !isUndone(operation.user());
	}

	private boolean isUndone(UserId user) {
		Operation cancellation = this.cancellations.get(user);
		return cancellation != null && (cancellation.answer() == Answer.RELEASED
				|| (cancellation.answer() == Answer.UNKNOWN && !this.stored.contains(user)));
	}

}
