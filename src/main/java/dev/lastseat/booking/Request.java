package dev.lastseat.booking;

import java.util.HashSet;
import java.util.List;

/**
 * A request for one event. A round of the event queue decides it.
 */
public sealed interface Request {

	/**
	 * The users that the request concerns, in the order of the request; no user twice.
	 */
	List<UserId> users();

	/**
	 * Whether the request may take a seat or a place of the waiting list. A request that
	 * does not only gives one back.
	 */
	default boolean takesSeats() {
		return true;
	}

	/** A request of one user. */
	sealed interface OfUser extends Request {

		UserId user();

		@Override
		default List<UserId> users() {
			return List.of(user());
		}

	}

	/** A request for several users: it takes effect for all of them or for none. */
	sealed interface OfParty extends Request {

	}

	/**
	 * Registers the user. A user with a hold confirms it; any other user needs a free
	 * seat. Its outcome is a {@link BookingOutcome}.
	 */
	record Booking(UserId user) implements OfUser {

	}

	/** Releases the seat of the user. Its outcome is a {@link ReleaseOutcome}. */
	record Cancellation(UserId user) implements OfUser {

		@Override
		public boolean takesSeats() {
			return false;
		}

	}

	/**
	 * Keeps a seat for the user until the hold expires. Its outcome is a
	 * {@link HoldOutcome}.
	 */
	record Holding(UserId user) implements OfUser {

	}

	/** Gives the hold of the user back. Its outcome is a {@link HoldReleaseOutcome}. */
	record HoldRelease(UserId user) implements OfUser {

		@Override
		public boolean takesSeats() {
			return false;
		}

	}

	/**
	 * Puts the user at the end of the waiting list. Its outcome is a {@link JoinOutcome}.
	 */
	record Joining(UserId user) implements OfUser {

	}

	/**
	 * Removes the user from the waiting list. Its outcome is a {@link LeaveOutcome}.
	 */
	record Leaving(UserId user) implements OfUser {

		@Override
		public boolean takesSeats() {
			return false;
		}

	}

	/**
	 * Registers all users, like a {@link Booking} of each. Its outcome is a
	 * {@link PartyOutcome}.
	 */
	record PartyBooking(List<UserId> users) implements OfParty {

		/**
		 * @throws InvalidInputException when the party is not valid
		 */
		public PartyBooking {
			users = party(users);
		}

	}

	/**
	 * Keeps a seat for each of the users, like a {@link Holding} of each. Its outcome is
	 * a {@link PartyHoldOutcome}.
	 */
	record PartyHolding(List<UserId> users) implements OfParty {

		/**
		 * @throws InvalidInputException when the party is not valid
		 */
		public PartyHolding {
			users = party(users);
		}

	}

	/** Maximum number of users in a party. */
	int MAX_PARTY = 50;

	/**
	 * @throws InvalidInputException when a party cannot have this number of users
	 */
	static void requireSizeOfParty(int users) {
		if (users < 1 || users > MAX_PARTY) {
			throw new InvalidInputException("userIds", "must have 1 to " + MAX_PARTY + " user ids");
		}
	}

	private static List<UserId> party(List<UserId> users) {
		requireSizeOfParty(users.size());
		if (new HashSet<>(users).size() < users.size()) {
			throw new InvalidInputException("userIds", "must not have a user id twice");
		}
		return List.copyOf(users);
	}

}
