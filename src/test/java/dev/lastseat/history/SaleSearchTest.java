package dev.lastseat.history;

import java.util.List;
import java.util.Map;

import dev.lastseat.booking.UserId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Histories with holds of an event with one seat: the ends that holds may have when the
 * clocks of the processes differ.
 */
class SaleSearchTest {

	private static final UserId ADA = new UserId("ada");

	private static final UserId BOB = new UserId("bob");

	/** Holds last 10, and a clock is at most 2 wrong. */
	private static final Sale SALE = new Sale(Sale.ALWAYS, Operation.NEVER, 10, 2);

	private static boolean isLegal(Operation... operations) {
		return new SaleSearch(new History(Histories.EVENT, 1, SALE, List.of(operations), null, 100), Search.BUDGET)
			.finds();
	}

	private static Operation holdUntil(long until) {
		return new Operation(Action.HOLD, List.of(ADA), 0, 20, 20, Answer.HELD,
				new Details(Map.of(ADA, until), List.of(), null, null));
	}

	private static Operation pendingHold() {
		return new Operation(Action.HOLD, List.of(ADA), 0, 20, Operation.NEVER, Answer.UNKNOWN, Details.NONE);
	}

	private static Operation soldOut() {
		return Operation.book(BOB, 21, 21, Answer.SOLD_OUT);
	}

	private static Operation booked(long moment) {
		return Operation.book(BOB, moment, moment, Answer.BOOKED);
	}

	@Test
	void endsAHoldEarlierByTheErrorOfOneClock() {
		assertThat(isLegal(holdUntil(30), soldOut(), booked(28))).isTrue();
		assertThat(isLegal(holdUntil(30), soldOut(), booked(27))).isFalse();
	}

	@Test
	void acceptsAnEndThatAClockExplains() {
		assertThat(isLegal(holdUntil(28))).isTrue();
		assertThat(isLegal(holdUntil(27))).isFalse();
		assertThat(isLegal(holdUntil(32))).isTrue();
		assertThat(isLegal(holdUntil(33))).isFalse();
	}

	/** The clock that made the hold was behind, and the clock that ends it is ahead. */
	@Test
	void endsAHoldOfUnknownOutcomeEarlierByTheErrorsOfTwoClocks() {
		assertThat(isLegal(pendingHold(), soldOut(), booked(26))).isTrue();
		assertThat(isLegal(pendingHold(), soldOut(), booked(25))).isFalse();
	}

}
