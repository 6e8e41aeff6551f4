package dev.lastseat.history;

import java.util.HashSet;
import java.util.List;

import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * One operation on one event, from its invocation to its response. An operation that
 * responds before the invocation of another precedes it in every sequential execution.
 * All other pairs can have either order.
 *
 * @param users the users that the operation is for, in the order of the request; none for
 * a change of the capacity
 * @param capacity the requested capacity; 0 for other operations
 * @param invoked the moment of the invocation, in nanoseconds since an origin that all
 * operations of the history share
 * @param responded the moment of the response, not before {@code invoked}; {@link #NEVER}
 * exactly for operations with an unknown outcome
 */
public record Operation(Action action, List<UserId> users, int capacity, long invoked, long responded, Answer answer,
		Details details) {

	/** Later than every endpoint. */
	public static final long NEVER = Long.MAX_VALUE;

	/**
	 * @throws IllegalArgumentException for an invalid operation
	 */
	public Operation {
		users = List.copyOf(users);
		require(answer.answers(action), answer + " is not an answer to " + action);
		requireUsers(action, users);
		require((action == Action.RESIZE) ? capacity > 0 : capacity == 0,
				"RESIZE needs a capacity above 0, other operations have none");
		require(responded >= invoked, "the response is before the invocation");
		require((answer == Answer.UNKNOWN) == (responded == NEVER),
				"UNKNOWN has no response, every other answer has one");
		require(details.holds().keySet().equals(answer.namesHolds() ? new HashSet<>(users) : new HashSet<UserId>()),
				"HELD and ALREADY_HELD name a hold of each user, other answers name none");
		require(new HashSet<>(users).containsAll(details.before()), "before has users of the operation only");
	}

	/** An operation of one user or of none, with an answer without details. */
	public Operation(Action action, @Nullable UserId user, int capacity, long invoked, long responded, Answer answer) {
		this(action, (user != null) ? List.of(user) : List.of(), capacity, invoked, responded, answer, Details.NONE);
	}

	private static void requireUsers(Action action, List<UserId> users) {
		if (action.isOfParty()) {
			require(!users.isEmpty() && new HashSet<>(users).size() == users.size(), "a party has users, none twice");
		}
		else {
			require(users.size() == ((action == Action.RESIZE) ? 0 : 1),
					"BOOK and CANCEL need a user, like all operations that are not of a party; RESIZE has none");
		}
	}

	private static void require(boolean condition, String otherwise) {
		if (!condition) {
			throw new IllegalArgumentException(otherwise);
		}
	}

	/**
	 * The user of the operation; null for a change of the capacity and for a party.
	 */
	public @Nullable UserId user() {
		return (this.action.isOfParty() || this.users.isEmpty()) ? null : this.users.get(0);
	}

	/** What the operation is about, in words. */
	public String subject() {
		if (this.action == Action.RESIZE) {
			return "to " + this.capacity;
		}
		return (user() != null) ? user().value() : this.users.toString();
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
		return new Operation(this.action, this.users, this.capacity, this.invoked, NEVER, Answer.UNKNOWN, Details.NONE);
	}

}
