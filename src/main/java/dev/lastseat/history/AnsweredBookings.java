package dev.lastseat.history;

import org.jspecify.annotations.Nullable;

/**
 * The exact check of a history of bookings alone by its answers, when it is not known
 * what is stored: the beginning of a longer one.
 * <p>
 * Who was told {@code BOOKED} or {@code ALREADY_REGISTERED} must be booked; of the others
 * anybody may be whose outcome is unknown and who was not told {@code SOLD_OUT}, for an
 * event that is full stays so. No order is given, so every booking can take effect at its
 * invocation, the earliest moment there is. A refusal then needs as many bookings as
 * there are seats, all invoked before the refusal was answered, among them all of those
 * that must be.
 */
final class AnsweredBookings {

	private AnsweredBookings() {
	}

	/**
	 * @return why no order of the bookings explains the answers; null when one does
	 */
	static @Nullable String objection(History history) {
		Claims claims = Claims.of(history);
		if (claims.impossible != null) {
			return claims.impossible;
		}
		int must = 0;
		int may = 0;
		for (var entry : claims.users.entrySet()) {
			Claims.Claim claim = entry.getValue();
			if (claim.booked || claim.already()) {
				must++;
				String objection = objection(claim, claims.firstSoldOut);
				if (objection != null) {
					return entry.getKey() + objection;
				}
			}
			else if (!claim.soldOut && claim.invoked <= claims.firstSoldOut) {
				may += claim.mayBeBooked() ? 1 : 0;
			}
		}
		if (must > history.capacity()) {
			return "more users hold a seat than there are seats";
		}
		boolean full = must + may >= history.capacity();
		return (claims.anybodySoldOut() && !full)
				? "somebody was told SOLD_OUT before the last seat can have been booked" : null;
	}

	private static @Nullable String objection(Claims.Claim claim, long firstSoldOut) {
		if (claim.firstAlready < claim.invoked) {
			return " was told ALREADY_REGISTERED before they can have been booked";
		}
		if (claim.soldOut) {
			return " was told SOLD_OUT, but held a seat";
		}
		return (firstSoldOut < claim.invoked) ? " was booked after somebody was told SOLD_OUT" : null;
	}

}
