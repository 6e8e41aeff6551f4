package dev.lastseat.proof;

import java.util.List;
import java.util.Map;

import dev.lastseat.booking.EventId;
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

class DurabilityWindowTest {

	private static final long KILLED_AT = DurabilityWindow.LENGTH.toNanos() * 10;

	private static final long WINDOW_BEGIN = KILLED_AT - DurabilityWindow.LENGTH.toNanos();

	private static Anomalies relaxed(long responded, Answer answer) {
		Operation operation = Operation.book(new UserId("ada"), 1, responded, answer);
		return Anomalies.of(DurabilityWindow.relax(new History(new EventId("1"), 2, List.of(operation),
				new Ledger(2, 0, 0, List.of(), List.of(), List.of())), KILLED_AT));
	}

	@Test
	void allowsTheLossOfABookingInTheWindow() {
		assertThat(relaxed(WINDOW_BEGIN, Answer.BOOKED).isNone()).isTrue();
	}

	@Test
	void doesNotAllowTheLossOfABookingBeforeTheWindow() {
		assertThat(relaxed(WINDOW_BEGIN - 1, Answer.BOOKED).isNone()).isFalse();
	}

	@Test
	void doesNotAllowTheLossOfABookingAfterTheKill() {
		Operation later = Operation.book(new UserId("ada"), KILLED_AT + 1, KILLED_AT + 2, Answer.BOOKED);

		assertThat(Anomalies.of(DurabilityWindow.relax(
				new History(new EventId("1"), 2, List.of(later), new Ledger(2, 0, 0, List.of(), List.of(), List.of())),
				KILLED_AT))
			.isNone()).isFalse();
	}

	@Test
	void doesNotAllowAnInconsistentDocument() {
		Operation booking = Operation.book(new UserId("ada"), 1, KILLED_AT, Answer.BOOKED);
		Ledger inconsistent = new Ledger(2, 1, 0, List.of(), List.of(), List.of());

		assertThat(Anomalies
			.of(DurabilityWindow.relax(new History(new EventId("1"), 2, List.of(booking), inconsistent), KILLED_AT))
			.isNone()).isFalse();
	}

	@Test
	void allowsTheLossOfAHoldInTheWindow() {
		UserId ada = new UserId("ada");
		Sale sale = new Sale(Sale.ALWAYS, Operation.NEVER, 10, 0);
		Operation holding = new Operation(Action.HOLD, List.of(ada), 0, 1, KILLED_AT, Answer.HELD,
				new Details(Map.of(ada, 12L), List.of(), null, null));
		History history = new History(new EventId("1"), 2, sale, List.of(holding),
				new Ledger(2, 0, 0, List.of(), List.of(), List.of()), 2);

		History relaxed = DurabilityWindow.relax(history, KILLED_AT);

		assertThat(Anomalies.ofSale(history).isNone()).isFalse();
		assertThat(Anomalies.ofSale(relaxed).isNone()).isTrue();
		assertThat(relaxed.sale()).isEqualTo(sale);
	}

	@Test
	void endsAHistoryAtTheKill() {
		Operation answered = Operation.book(new UserId("ada"), 1, KILLED_AT, Answer.BOOKED);
		Operation pending = Operation.book(new UserId("bob"), KILLED_AT, KILLED_AT + 1, Answer.BOOKED);
		Operation later = Operation.book(new UserId("cy"), KILLED_AT + 1, KILLED_AT + 2, Answer.BOOKED);
		History whole = new History(new EventId("1"), 3, List.of(answered, pending, later), null);

		assertThat(DurabilityWindow.upTo(whole, KILLED_AT).operations()).containsExactly(answered,
				Operation.book(new UserId("bob"), KILLED_AT, Operation.NEVER, Answer.UNKNOWN));
	}

}
