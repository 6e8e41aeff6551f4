package dev.lastseat.booking;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A query for a page of the holds of an event, in the order of their end, then of the
 * user id.
 *
 * @param offers true for offers only, false for all other holds only, null for all
 * @param after the cursor of the previous page; null for the first page
 * @param limit maximum number of holds, 1 or more
 */
public record HoldQuery(@Nullable Boolean offers, @Nullable Cursor after, int limit) {

	/**
	 * A position in the list.
	 *
	 * @param until the end of the last hold of the previous page
	 * @param user the user of that hold
	 */
	public record Cursor(Instant until, UserId user) {

		public static Cursor of(Hold hold) {
			return new Cursor(hold.until(), hold.user());
		}

	}

}
