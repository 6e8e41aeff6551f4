package dev.lastseat.booking.queue;

import java.util.List;

import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.Requests;
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

	private static PendingRequest party(String... users) {
		return pending(new Request.PartyBooking(Requests.users(users)));
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

	@Test
	void countsTheUsersOfAPartyForTheLimit() {
		Batch large = new Batch(3);

		assertThat(large.add(party("ada", "bob"))).isTrue();
		assertThat(large.isFull()).isFalse();
		assertThat(large.add(party("eve", "joe"))).isTrue();

		assertThat(large.isFull()).isTrue();
		assertThat(large.size()).isEqualTo(2);
	}

	@Test
	void leavesAPartyWithAUserOfAnotherRequestAndLaterRequestsOfAllItsUsers() {
		Batch large = new Batch(10);
		large.add(booking("bob"));

		assertThat(large.add(party("ada", "bob"))).isFalse();
		assertThat(large.add(booking("ada"))).isFalse();
		assertThat(large.add(booking("bob"))).isFalse();
		assertThat(large.add(party("ada", "eve"))).isFalse();
		assertThat(large.add(booking("eve"))).isFalse();
		assertThat(large.add(booking("joe"))).isTrue();
	}

	@Test
	void leavesARequestOfAnyUserOfAPartyInTheBatch() {
		Batch large = new Batch(10);
		large.add(party("ada", "bob"));

		assertThat(large.add(booking("ada"))).isFalse();
		assertThat(large.add(booking("bob"))).isFalse();
		assertThat(large.add(booking("eve"))).isTrue();
	}

	@Test
	void partiesWithTheSameUsersInAnotherOrderAreDifferent() {
		Batch large = new Batch(10);
		large.add(party("ada", "bob"));

		assertThat(large.add(party("bob", "ada"))).isFalse();
	}

	@Test
	void aPartyOfOneUserIsDifferentFromABookingOfThatUser() {
		assertThat(this.batch.add(booking("ada"))).isTrue();

		assertThat(this.batch.add(party("ada"))).isFalse();
	}

	@Test
	void returnsEqualPartiesOnceInOrderOfArrival() {
		Batch large = new Batch(10);
		PendingRequest first = party("ada", "bob");
		PendingRequest second = party("ada", "bob");
		PendingRequest eve = booking("eve");
		List.of(first, eve, second).forEach(large::add);

		assertThat(large.requests()).containsExactly(first.request(), eve.request());
		assertThat(large.removeDecided(new Request.PartyBooking(Requests.users("bob", "ada")))).isEmpty();
		assertThat(large.removeDecided(second.request())).containsExactly(first, second);
		assertThat(large.removeDecided(first.request())).isEmpty();
		assertThat(large.removeUndecided()).containsExactly(eve);
	}

	@Test
	void returnsUndecidedPartiesOnce() {
		PendingRequest party = party("ada", "bob");
		this.batch.add(party);

		assertThat(this.batch.first()).isSameAs(party);
		assertThat(this.batch.removeUndecided()).containsExactly(party);
		assertThat(this.batch.removeUndecided()).isEmpty();
	}

}
