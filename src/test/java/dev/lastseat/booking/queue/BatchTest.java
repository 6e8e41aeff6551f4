package dev.lastseat.booking.queue;

import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.UserId;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which requests a batch accepts, and which it leaves for a later batch.
 */
class BatchTest {

	private static final AnswerSlices SLICES = new AnswerSlices(Runnable::run, 1);

	private final Batch batch = new Batch(2);

	private static PendingRequest booking(String user) {
		return pending(new Request.Booking(new UserId(user)));
	}

	private static PendingRequest pending(Request request) {
		PendingRequest[] pending = new PendingRequest[1];
		Mono.create((MonoSink<Outcome> caller) -> pending[0] = new PendingRequest(request, caller, SLICES, 0,
				(ended, outcome, fault) -> {
				}))
			.subscribe();
		return pending[0];
	}

	@Test
	void acceptsRequestsUntilItIsFull() {
		assertThat(this.batch.add(booking("ada"))).isTrue();
		assertThat(this.batch.add(booking("ada"))).isTrue();

		assertThat(this.batch.isFull()).isTrue();
		assertThat(this.batch.add(booking("bob"))).isFalse();
		assertThat(this.batch.size()).isEqualTo(2);
	}

	@Test
	void leavesTheOppositeRequestOfAUserAndItsLaterRequests() {
		this.batch.add(booking("ada"));

		assertThat(this.batch.add(pending(new Request.Cancellation(new UserId("ada"))))).isFalse();
		assertThat(this.batch.add(booking("ada"))).isFalse();
		assertThat(this.batch.add(booking("bob"))).isTrue();
	}

	@Test
	void dropsARequestThatHasEnded() {
		PendingRequest cancelled = booking("ada");
		cancelled.cancel();

		assertThat(this.batch.add(cancelled)).isTrue();
		assertThat(this.batch.isEmpty()).isTrue();
	}

	@Test
	void returnsTheRequestsOfADecisionOnce() {
		PendingRequest ada = booking("ada");
		PendingRequest bob = booking("bob");
		this.batch.add(ada);
		this.batch.add(bob);

		assertThat(this.batch.removeDecided(ada.request())).containsExactly(ada);
		assertThat(this.batch.removeDecided(ada.request())).isEmpty();
		assertThat(this.batch.removeUndecided()).containsExactly(bob);
		assertThat(this.batch.removeDecided(bob.request())).isEmpty();
	}

}
