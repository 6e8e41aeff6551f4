package dev.lastseat.history;

import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * One operation on one event, from the call to its answer. One that ends before another
 * begins comes before it in every sequential execution; all others can come in either
 * order.
 *
 * @param user who books or cancels; null for a change of the capacity
 * @param capacity the capacity asked for; 0 unless it is a change of the capacity
 * @param invoked when it was asked for, in nanoseconds from any origin that the history
 * has in common
 * @param responded when it was answered, not before {@code invoked}; {@link #NEVER} for
 * every operation whose outcome is unknown, and for no other
 */
public record Operation(Action action, @Nullable UserId user, int capacity, long invoked, long responded,
		Answer answer) {

	/** Later than every moment. */
	public static final long NEVER = Long.MAX_VALUE;

	/**
	 * @throws IllegalArgumentException for what cannot be an operation
	 */
	public Operation {
		require(answer.answers(action), action + " is not answered by " + answer);
		require((user == null) == (action == Action.RESIZE), "a user books or cancels, and nobody else");
		require((action == Action.RESIZE) ? capacity > 0 : capacity == 0, "a resize has a capacity, and nothing else");
		require(responded >= invoked, "answered before it was asked for");
		require((answer == Answer.UNKNOWN) == (responded == NEVER), "unknown is what was never answered");
	}

	private static void require(boolean condition, String otherwise) {
		if (!condition) {
			throw new IllegalArgumentException(otherwise);
		}
	}

	public static Operation book(UserId user, long invoked, long responded, Answer answer) {
		return new Operation(Action.BOOK, user, 0, invoked, responded, answer);
	}

	public static Operation cancel(UserId user, long invoked, long responded, Answer answer) {
		return new Operation(Action.CANCEL, user, 0, invoked, responded, answer);
	}

	public static Operation resize(int capacity, long invoked, long responded, Answer answer) {
		return new Operation(Action.RESIZE, null, capacity, invoked, responded, answer);
	}

	/** The same, as it looks while no answer has come. */
	Operation unanswered() {
		return new Operation(this.action, this.user, this.capacity, this.invoked, NEVER, Answer.UNKNOWN);
	}

}
