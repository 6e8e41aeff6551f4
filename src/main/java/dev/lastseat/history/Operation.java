package dev.lastseat.history;

import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * One operation on one event, from its invocation to its response. An operation that
 * responds before the invocation of another precedes it in every sequential execution.
 * All other pairs can have either order.
 *
 * @param user who books or cancels; null for a change of the capacity
 * @param capacity the requested capacity; 0 for other operations
 * @param invoked the moment of the invocation, in nanoseconds since an origin that all
 * operations of the history share
 * @param responded the moment of the response, not before {@code invoked}; {@link #NEVER}
 * exactly for operations with an unknown outcome
 */
public record Operation(Action action, @Nullable UserId user, int capacity, long invoked, long responded,
		Answer answer) {

	/** Later than every endpoint. */
	public static final long NEVER = Long.MAX_VALUE;

	/**
	 * @throws IllegalArgumentException for an invalid operation
	 */
	public Operation {
		require(answer.answers(action), answer + " is not an answer to " + action);
		require((user == null) == (action == Action.RESIZE), "BOOK and CANCEL need a user, RESIZE has none");
		require((action == Action.RESIZE) ? capacity > 0 : capacity == 0,
				"RESIZE needs a capacity above 0, other operations have none");
		require(responded >= invoked, "the response is before the invocation");
		require((answer == Answer.UNKNOWN) == (responded == NEVER),
				"UNKNOWN has no response, every other answer has one");
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

	/** Returns this operation as it was before its response. */
	Operation pending() {
		return new Operation(this.action, this.user, this.capacity, this.invoked, NEVER, Answer.UNKNOWN);
	}

}
