package dev.lastseat.booking;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The outcome of a request for a hold of each user of a party.
 *
 * @param kind what became of the request for the whole party; a refusal changed nothing
 * @param held the holds that this call made, in the order of the request
 * @param before the holds that existed before, in the order of the request
 * @param remaining for {@link HoldOutcome.Kind#SOLD_OUT} the number of seats that were
 * free; else 0
 */
public record PartyHoldOutcome(HoldOutcome.Kind kind, List<Hold> held, List<Hold> before,
		int remaining) implements Outcome {

	/**
	 * @return a refusal for another reason than missing seats
	 */
	public static PartyHoldOutcome refused(HoldOutcome.Kind kind) {
		return new PartyHoldOutcome(kind, List.of(), List.of(), 0);
	}

	public static PartyHoldOutcome soldOut(int remaining) {
		return new PartyHoldOutcome(HoldOutcome.Kind.SOLD_OUT, List.of(), List.of(), remaining);
	}

	@Override
	public boolean changedEvent() {
		return this.kind == HoldOutcome.Kind.HELD;
	}

	@Override
	public PartyHoldOutcome ifRepeated(Request request) {
		return changedEvent() ? new PartyHoldOutcome(HoldOutcome.Kind.ALREADY_HELD, List.of(), inOrderOf(request), 0)
				: this;
	}

	private List<Hold> inOrderOf(Request request) {
		return Stream.concat(this.held.stream(), this.before.stream())
			.sorted(Comparator.comparingInt((hold) -> request.users().indexOf(hold.user())))
			.toList();
	}

}
