package dev.lastseat.booking;

import java.util.List;

/**
 * The outcome of booking a party.
 *
 * @param booked the users that this call registered, in the order of the request
 * @param before the users that were registered before, in the order of the request
 * @param remaining for {@link Kind#SOLD_OUT} the number of seats that were free; else 0
 */
public record PartyOutcome(Kind kind, List<UserId> booked, List<UserId> before, int remaining) implements Outcome {

	/**
	 * @return a refusal for another reason than missing seats
	 */
	public static PartyOutcome refused(Kind kind) {
		return new PartyOutcome(kind, List.of(), List.of(), 0);
	}

	public static PartyOutcome soldOut(int remaining) {
		return new PartyOutcome(Kind.SOLD_OUT, List.of(), List.of(), remaining);
	}

	@Override
	public boolean changedEvent() {
		return this.kind == Kind.BOOKED;
	}

	@Override
	public PartyOutcome ifRepeated(Request request) {
		return changedEvent() ? new PartyOutcome(Kind.ALREADY_REGISTERED, List.of(), request.users(), 0) : this;
	}

	/**
	 * What became of the request. When several reasons to refuse apply, the first one in
	 * this order is the outcome. A refusal changed nothing.
	 */
	public enum Kind {

		/** All users are registered now, at least one of them by this call. */
		BOOKED,

		/** All users were registered before. */
		ALREADY_REGISTERED,

		/** The event does not exist. */
		EVENT_NOT_FOUND,

		/** The sale has not opened yet. */
		NOT_OPEN,

		/** The sale is closed. */
		CLOSED,

		/** Fewer seats were free than the party needs. */
		SOLD_OUT

	}

}
