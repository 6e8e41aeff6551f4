package dev.lastseat.proof;

import java.util.List;
import java.util.Map;

import dev.lastseat.booking.UserId;
import dev.lastseat.history.Action;
import dev.lastseat.history.Answer;
import dev.lastseat.history.Details;
import dev.lastseat.history.Operation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OperationCountsTest {

	private static final UserId ADA = new UserId("ada");

	@Test
	void countsAPartyThatHoldsInBothColumns() {
		Operation holding = new Operation(Action.HOLD_PARTY, List.of(ADA), 0, 1, 2, Answer.HELD,
				new Details(Map.of(ADA, 9L), List.of(), null, null));

		assertThat(OperationCounts.of(List.of(holding))).isEqualTo(new OperationCounts(1, 0, 1, 0, 1, 0, 0, 0));
	}

	@Test
	void countsAnswers() {
		List<Operation> operations = List.of(Operation.book(ADA, 1, 2, Answer.NOT_OPEN),
				Operation.book(ADA, 3, 4, Answer.CONFIRMED), Operation.cancel(ADA, 5, 6, Answer.RELEASED),
				new Operation(Action.RELEASE_HOLD, ADA, 0, 7, 8, Answer.HOLD_RELEASED),
				Operation.book(ADA, 9, Operation.NEVER, Answer.UNKNOWN), Operation.book(ADA, 10, 11, Answer.BOOKED),
				new Operation(Action.JOIN, ADA, 0, 12, 13, Answer.JOINED));

		assertThat(OperationCounts.of(operations)).isEqualTo(new OperationCounts(7, 1, 0, 1, 0, 2, 1, 1));
	}

}
