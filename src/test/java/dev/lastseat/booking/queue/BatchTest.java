package dev.lastseat.booking.queue;

import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.UserId;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which requests a batch takes, and which it leaves for a later one.
 */
class BatchTest {

	private final Batch batch = new Batch(2);

	private static PendingRequest booking(String user) {
		return pending(new Request.Booking(new UserId(user)));
	}

	private static PendingRequest pending(Request request) {
		PendingRequest[] pending = new PendingRequest[1];
		Mono.create((MonoSink<Outcome> caller) -> pending[0] = new PendingRequest(request, caller, 0,
				(done, outcome, fault) -> {
				}))
			.subscribe();
		return pending[0];
	}

	@Test
	void takesARequestUntilItIsFull() {
		assertThat(this.batch.take(booking("ada"))).isTrue();
		assertThat(this.batch.take(booking("ada"))).isTrue();

		assertThat(this.batch.isFull()).isTrue();
		assertThat(this.batch.take(booking("bob"))).isFalse();
		assertThat(this.batch.size()).isEqualTo(2);
	}

	@Test
	void leavesTheOppositeRequestAndThoseBehindIt() {
		this.batch.take(booking("ada"));

		assertThat(this.batch.take(pending(new Request.Cancellation(new UserId("ada"))))).isFalse();
		assertThat(this.batch.take(booking("ada"))).isFalse();
		assertThat(this.batch.take(booking("bob"))).isTrue();
	}

	@Test
	void neitherHoldsNorLeavesARequestThatIsDoneWith() {
		PendingRequest cancelled = booking("ada");
		cancelled.cancel();

		assertThat(this.batch.take(cancelled)).isTrue();
		assertThat(this.batch.isEmpty()).isTrue();
	}

	@Test
	void aDecisionIsThereOnce() {
		PendingRequest ada = booking("ada");
		PendingRequest bob = booking("bob");
		this.batch.take(ada);
		this.batch.take(bob);

		assertThat(this.batch.decide(new UserId("ada"))).containsExactly(ada);
		assertThat(this.batch.decide(new UserId("ada"))).isEmpty();
		assertThat(this.batch.abandon()).containsExactly(bob);
		assertThat(this.batch.decide(new UserId("bob"))).isEmpty();
	}

}
