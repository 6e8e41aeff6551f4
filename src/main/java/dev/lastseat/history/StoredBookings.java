package dev.lastseat.history;

import java.util.HashSet;
import java.util.Set;

import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The exact check of a history of bookings alone against the stored document.
 * <p>
 * Why it is exact: nobody leaves, so the stored list is the order in which the bookings
 * took effect, and who stands in it was booked by the one operation that {@link Claims}
 * names. Each booking takes effect between its invocation and its response and not before
 * those that stand in front of it, hence at the earliest at the latest invocation up to
 * its own place. Taking all of these earliest moments is a legal order of the bookings
 * whenever there is one, and all that the other answers ask for is that something
 * happened early enough: {@code ALREADY_REGISTERED} that the user's booking did before
 * the response, {@code SOLD_OUT} that the last booking of a full event did, by somebody
 * who is not in the list, for who is was registered or could still be booked. So the
 * earliest moments explain everything that any moments do, and the rules below, which
 * hold for them, are necessary and sufficient. One look at each operation and at each
 * place of the list.
 */
final class StoredBookings {

	private final History history;

	private final Ledger ledger;

	private final Claims claims;

	private final Set<UserId> stored;

	private StoredBookings(History history, Ledger ledger) {
		this.history = history;
		this.ledger = ledger;
		this.claims = Claims.of(history);
		this.stored = new HashSet<>(ledger.registrations());
	}

	/**
	 * @return why no order of the bookings ends in what is stored; null when one does
	 */
	static @Nullable String objection(History history, Ledger ledger) {
		String inItself = StoredState.objection(ledger);
		if (inItself != null) {
			return inItself;
		}
		if (ledger.capacity() != history.capacity()) {
			return "the capacity is another one, although nobody changed it";
		}
		StoredBookings check = new StoredBookings(history, ledger);
		return (check.claims.impossible != null) ? check.claims.impossible : check.objection();
	}

	private @Nullable String objection() {
		String places = objectionToPlaces();
		if (places != null) {
			return places;
		}
		for (var entry : this.claims.users.entrySet()) {
			String objection = this.stored.contains(entry.getKey()) ? null
					: objectionToAbsence(entry.getKey(), entry.getValue());
			if (objection != null) {
				return objection;
			}
		}
		return null;
	}

	/**
	 * Goes through the list with the earliest moment at which all up to there are booked.
	 */
	private @Nullable String objectionToPlaces() {
		long earliest = Long.MIN_VALUE;
		for (UserId user : this.ledger.registrations()) {
			Claims.Claim claim = this.claims.users.get(user);
			if (claim == null || !claim.mayBeBooked()) {
				return user + " is stored, but no booking of theirs can have taken effect";
			}
			earliest = Math.max(earliest, claim.invoked);
			if (claim.responded < earliest) {
				return user + " is stored behind somebody whose booking began after theirs was answered";
			}
			if (claim.firstAlready < earliest) {
				return user + " was told ALREADY_REGISTERED before they can have been booked";
			}
			if (claim.soldOut) {
				return user + " is stored, but was told SOLD_OUT";
			}
		}
		return objectionToSoldOut(earliest);
	}

	private @Nullable String objectionToSoldOut(long lastBooking) {
		if (!this.claims.anybodySoldOut()) {
			return null;
		}
		if (this.stored.size() < this.history.capacity()) {
			return "somebody was told SOLD_OUT, but a seat is free to the end";
		}
		return (this.claims.firstSoldOut < lastBooking)
				? "somebody was told SOLD_OUT before the last seat can have been booked" : null;
	}

	private static @Nullable String objectionToAbsence(UserId user, Claims.Claim claim) {
		if (claim.booked) {
			return user + " was told BOOKED, but is not stored";
		}
		return claim.already() ? user + " was told ALREADY_REGISTERED, but is not stored" : null;
	}

}
