package dev.lastseat.booking;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The outcome of a request for a hold of each user of a party.
 *
 * @param held the holds that this call made, in the order of the request
 * @param before the holds that existed before, in the order of the request
 * @param remaining for {@link Kind#SOLD_OUT} the number of seats that were free; else 0
 */
public record PartyHoldOutcome(Kind kind, List<Hold> held, List<Hold> before, int remaining) implements Outcome {

	/**
	 * @return a refusal for another reason than missing seats
	 */
	public static PartyHoldOutcome refused(Kind kind) {
		return new PartyHoldOutcome(kind, List.of(), List.of(), 0);
	}

	public static PartyHoldOutcome soldOut(int remaining) {
		return new PartyHoldOutcome(Kind.SOLD_OUT, List.of(), List.of(), remaining);
	}

	@Override
	public boolean changedEvent() {
		return this.kind == Kind.HELD;
	}

	@Override
	public PartyHoldOutcome ifRepeated(Request request) {
		return changedEvent() ? new PartyHoldOutcome(Kind.ALREADY_HELD, List.of(), inOrderOf(request), 0) : this;
	}

	private List<Hold> inOrderOf(Request request) {
		return Stream.concat(this.held.stream(), this.before.stream())
			.sorted(Comparator.comparingInt((hold) -> request.users().indexOf(hold.user())))
			.toList();
	}

	/**
	 * What became of the request. When several reasons to refuse apply, the first one in
	 * this order is the outcome. A refusal changed nothing.
	 */
	public enum Kind {

		/** All users have a hold now, at least one of them by this call. */
		HELD,

		/** All users had a hold before. No hold was extended. */
		ALREADY_HELD,

		/** The event does not exist. */
		EVENT_NOT_FOUND,

		/** One of the users is registered, so it needs no hold. */
		ALREADY_REGISTERED,

		/** The sale has not opened yet. */
		NOT_OPEN,

		/** The sale is closed. */
		CLOSED,

		/** Fewer seats were free than the party needs. */
		SOLD_OUT,

		/** The event would have more holds than it may have. */
		TOO_MANY_HOLDS

	}

}
