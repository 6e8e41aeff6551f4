package dev.lastseat.proof;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import dev.lastseat.history.Action;
import dev.lastseat.history.Answer;
import dev.lastseat.history.Details;
import dev.lastseat.history.History;
import dev.lastseat.history.Operation;
import dev.lastseat.history.Sale;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each test has a history with one kind of anomaly.
 */
class AnomaliesTest {

	private static final Operation ADA = operation("ada", 1, 3, Answer.BOOKED);

	private static final Operation BOB = operation("bob", 2, 5, Answer.BOOKED);

	private static final Operation CY = operation("cy", 6, 9, Answer.SOLD_OUT);

	private static Operation operation(String user, long invoked, long responded, Answer answer) {
		return Operation.book(new UserId(user), invoked, responded, answer);
	}

	private static Anomalies anomalies(List<Operation> operations, int capacity, int ticketsSold, String... stored) {
		Ledger ledger = new Ledger(capacity, ticketsSold, 0, Stream.of(stored).map(UserId::new).toList(), List.of(),
				List.of());
		return Anomalies.of(new History(new EventId("1"), 2, operations, ledger));
	}

	@Test
	void findsNoAnomalyInACorrectHistory() {
		assertThat(anomalies(List.of(ADA, BOB, CY), 2, 2, "ada", "bob")).isEqualTo(new Anomalies(0, 0, 0, 0, 0));
	}

	@Test
	void findsALostBooking() {
		assertThat(anomalies(List.of(ADA, BOB), 2, 1, "ada")).isEqualTo(new Anomalies(1, 0, 0, 0, 1));
	}

	@Test
	void allowsAnUnconfirmedBookingToBeStoredOrNot() {
		Operation unknown = operation("bob", 2, Operation.NEVER, Answer.UNKNOWN);

		assertThat(anomalies(List.of(ADA, unknown), 2, 1, "ada")).isEqualTo(new Anomalies(0, 0, 0, 0, 0));
		assertThat(anomalies(List.of(ADA, unknown), 2, 2, "ada", "bob")).isEqualTo(new Anomalies(0, 0, 0, 0, 0));
	}

	@Test
	void findsAnOversoldSeat() {
		assertThat(anomalies(List.of(ADA, BOB, operation("cy", 6, 9, Answer.BOOKED)), 2, 3, "ada", "bob", "cy"))
			.isEqualTo(new Anomalies(0, 1, 0, 0, 1));
	}

	@Test
	void findsAUserWhoIsStoredTwice() {
		assertThat(anomalies(List.of(ADA), 2, 2, "ada", "ada")).isEqualTo(new Anomalies(0, 0, 1, 0, 1));
	}

	@Test
	void findsAUserWhoIsBookedTwice() {
		assertThat(anomalies(List.of(ADA, operation("ada", 4, 5, Answer.BOOKED)), 2, 1, "ada"))
			.isEqualTo(new Anomalies(0, 0, 1, 0, 1));
	}

	@Test
	void findsARefusalWhileASeatIsFree() {
		assertThat(anomalies(List.of(ADA, CY), 2, 1, "ada")).isEqualTo(new Anomalies(0, 0, 0, 1, 1));
	}

	@Test
	void findsARefusalOfARegisteredUser() {
		Operation refused = operation("bob", 1, 2, Answer.SOLD_OUT);

		assertThat(anomalies(List.of(ADA, BOB, refused), 2, 2, "ada", "bob")).isEqualTo(new Anomalies(0, 0, 0, 1, 1));
	}

	@Test
	void findsACounterThatDiffersFromTheNumberOfRegistrations() {
		assertThat(anomalies(List.of(ADA, BOB), 2, 1, "ada", "bob")).isEqualTo(new Anomalies(0, 0, 0, 0, 1));
	}

	private static Anomalies anomaliesOfSale(List<Operation> operations, Ledger ledger) {
		Sale sale = new Sale(Sale.ALWAYS, Operation.NEVER, 10, 0);
		return Anomalies.ofSale(new History(new EventId("1"), 2, sale, operations, ledger, 9));
	}

	private static Ledger ledgerOfSale(int ticketsSold, int held, List<UserId> registered, UserId... holding) {
		return new Ledger(2, ticketsSold, held, registered,
				Stream.of(holding).map((user) -> new Hold(user, Instant.EPOCH, false)).toList(), List.of());
	}

	private static Operation holding(UserId user) {
		return new Operation(Action.HOLD, List.of(user), 0, 1, 3, Answer.HELD,
				new Details(Map.of(user, 12L), List.of(), null, null));
	}

	@Test
	void findsNoAnomalyInACorrectSale() {
		assertThat(
				anomaliesOfSale(List.of(holding(BOB.user()), ADA), ledgerOfSale(1, 1, List.of(ADA.user()), BOB.user())))
			.isEqualTo(new Anomalies(0, 0, 0, 0, 0));
	}

	@Test
	void findsALostHold() {
		assertThat(anomaliesOfSale(List.of(holding(BOB.user())), ledgerOfSale(0, 0, List.of())))
			.isEqualTo(new Anomalies(0, 0, 0, 0, 1));
	}

	@Test
	void findsAHeldSeatThatIsSold() {
		assertThat(anomaliesOfSale(List.of(holding(CY.user()), ADA, BOB),
				ledgerOfSale(2, 1, List.of(ADA.user(), BOB.user()), CY.user())))
			.isEqualTo(new Anomalies(0, 1, 0, 0, 1));
	}

	@Test
	void findsAUserWithARegistrationAndAHold() {
		assertThat(anomaliesOfSale(List.of(ADA), ledgerOfSale(1, 1, List.of(ADA.user()), ADA.user())))
			.isEqualTo(new Anomalies(0, 0, 1, 0, 1));
	}

	@Test
	void findsARefusalBeforeTheLastBooking() {
		Operation early = operation("cy", 1, 2, Answer.SOLD_OUT);
		Operation late = operation("bob", 3, 5, Answer.BOOKED);

		assertThat(anomalies(List.of(ADA, late, early), 2, 2, "ada", "bob")).isEqualTo(new Anomalies(0, 0, 0, 0, 1));
	}

}
