package dev.lastseat.proof;

import java.util.List;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import dev.lastseat.history.Answer;
import dev.lastseat.history.History;
import dev.lastseat.history.Operation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DurabilityWindowTest {

	private static final long KILLED = DurabilityWindow.LAST_MOMENT.toNanos() * 10;

	private static final long LAST_MOMENT = KILLED - DurabilityWindow.LAST_MOMENT.toNanos();

	private static Anomalies forgiven(long responded, Answer answer) {
		Operation operation = Operation.book(new UserId("ada"), 1, responded, answer);
		return Anomalies.of(DurabilityWindow
			.forgive(new History(new EventId("1"), 2, List.of(operation), new Ledger(2, 0, List.of())), KILLED));
	}

	@Test
	void forgivesABookingOfTheLastMoment() {
		assertThat(forgiven(LAST_MOMENT, Answer.BOOKED).isNone()).isTrue();
	}

	@Test
	void doesNotForgiveABookingBefore() {
		assertThat(forgiven(LAST_MOMENT - 1, Answer.BOOKED).isNone()).isFalse();
	}

	@Test
	void doesNotForgiveABookingAfterwards() {
		Operation later = Operation.book(new UserId("ada"), KILLED + 1, KILLED + 2, Answer.BOOKED);

		assertThat(Anomalies
			.of(DurabilityWindow.forgive(new History(new EventId("1"), 2, List.of(later), new Ledger(2, 0, List.of())),
					KILLED))
			.isNone()).isFalse();
	}

	@Test
	void doesNotForgiveAStoredDocumentThatContradictsItself() {
		Operation booking = Operation.book(new UserId("ada"), 1, KILLED, Answer.BOOKED);
		Ledger torn = new Ledger(2, 1, List.of());

		assertThat(
				Anomalies.of(DurabilityWindow.forgive(new History(new EventId("1"), 2, List.of(booking), torn), KILLED))
					.isNone())
			.isFalse();
	}

	@Test
	void knowsOfTheTimeUpToTheKillWhatWasAnsweredAndWhatWasAsked() {
		Operation answered = Operation.book(new UserId("ada"), 1, KILLED, Answer.BOOKED);
		Operation asked = Operation.book(new UserId("bob"), KILLED, KILLED + 1, Answer.BOOKED);
		Operation later = Operation.book(new UserId("cy"), KILLED + 1, KILLED + 2, Answer.BOOKED);
		History whole = new History(new EventId("1"), 3, List.of(answered, asked, later), null);

		assertThat(DurabilityWindow.upTo(whole, KILLED).operations()).containsExactly(answered,
				Operation.book(new UserId("bob"), KILLED, Operation.NEVER, Answer.UNKNOWN));
	}

}
