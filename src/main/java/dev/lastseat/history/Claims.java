package dev.lastseat.history;

import java.util.HashMap;
import java.util.Map;

import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * What a history of bookings alone says, user by user. Of the operations that may have
 * booked a user only one can have: the one that was told so, and otherwise the unknown
 * one that began first. It can do at any moment whatever the others can do.
 */
final class Claims {

	/** Every user who asked for anything. */
	final Map<UserId, Claim> users = new HashMap<>();

	/** When the first refusal for want of seats was answered. */
	long firstSoldOut = Operation.NEVER;

	/** What no history explains, whatever else is in it. */
	@Nullable String impossible;

	static Claims of(History history) {
		Claims claims = new Claims();
		history.operations().forEach(claims::add);
		return claims;
	}

	private void add(Operation operation) {
		Answer answer = operation.answer();
		if (answer == Answer.EVENT_NOT_FOUND) {
			this.impossible = "somebody was told that there is no such event";
		}
		else if (answer != Answer.NOTHING_CHANGED) {
			Claim claim = this.users.computeIfAbsent(operation.user(), (user) -> new Claim());
			if (answer == Answer.BOOKED && claim.booked) {
				this.impossible = operation.user() + " was booked twice";
			}
			claim.add(operation);
			if (answer == Answer.SOLD_OUT) {
				this.firstSoldOut = Math.min(this.firstSoldOut, operation.responded());
			}
		}
	}

	boolean anybodySoldOut() {
		return this.firstSoldOut != Operation.NEVER;
	}

	/** What one user was told. */
	static final class Claim {

		boolean booked;

		boolean soldOut;

		/** From when on the booking can have taken effect; NEVER when there is none. */
		long invoked = Operation.NEVER;

		/** By when it must have taken effect. */
		long responded = Operation.NEVER;

		/** When the user was first told to be registered already. */
		long firstAlready = Operation.NEVER;

		private void add(Operation operation) {
			switch (operation.answer()) {
				case BOOKED -> {
					this.booked = true;
					this.invoked = operation.invoked();
					this.responded = operation.responded();
				}
				case ALREADY_REGISTERED -> this.firstAlready = Math.min(this.firstAlready, operation.responded());
				case SOLD_OUT -> this.soldOut = true;
				default -> {
					if (!this.booked) {
						this.invoked = Math.min(this.invoked, operation.invoked());
					}
				}
			}
		}

		boolean already() {
			return this.firstAlready != Operation.NEVER;
		}

		boolean mayBeBooked() {
			return this.invoked != Operation.NEVER;
		}

	}

}
