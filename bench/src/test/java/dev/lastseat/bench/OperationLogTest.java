package dev.lastseat.bench;

import dev.lastseat.booking.UserId;
import dev.lastseat.history.Answer;
import dev.lastseat.history.Operation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OperationLogTest {

	private final OperationLog log = new OperationLog();

	@Test
	void returnsTheOperationsInTheirOrder() {
		this.log.add(7, 10, 20, Answer.BOOKED);
		this.log.add(8, 11, 19, Answer.SOLD_OUT);
		this.log.add(9, 12, 21, Answer.UNKNOWN);

		assertThat(this.log.operations()).containsExactly(
				Operation.book(new UserId("user-0000007"), 10, 20, Answer.BOOKED),
				Operation.book(new UserId("user-0000008"), 11, 19, Answer.SOLD_OUT),
				Operation.book(new UserId("user-0000009"), 12, Operation.NEVER, Answer.UNKNOWN));
	}

	@Test
	void keepsManyOperations() {
		for (int user = 0; user < 1000; user++) {
			this.log.add(user, user, user + 1, Answer.BOOKED);
		}

		assertThat(this.log.operations()).hasSize(1000)
			.last()
			.isEqualTo(Operation.book(new UserId("user-0000999"), 999, 1000, Answer.BOOKED));
	}

}
