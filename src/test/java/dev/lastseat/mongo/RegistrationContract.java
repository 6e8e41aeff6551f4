package dev.lastseat.mongo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.DeletionOutcome;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Decides single bookings and cancellations.
 */
class RegistrationContract extends StorageTest {

	private static final UserId ADA = new UserId("ada");

	private static final UserId BOB = new UserId("bob");

	@ParameterizedTest
	@ValueSource(strings = { "ffffffffffffffffffffffff", "nope", "", "$oid", "ffffffffffffffffffffffffff" })
	void reportsAnUnknownEvent(String id) {
		EventId event = new EventId(id);

		this.repository.find(event).as(StepVerifier::create).verifyComplete();
		this.repository.ledger(event).as(StepVerifier::create).verifyComplete();
		this.repository.registrations(event, null, 10).as(StepVerifier::create).verifyComplete();
		assertThat(this.repository.delete(event).block()).isEqualTo(DeletionOutcome.EVENT_NOT_FOUND);
		this.repository.isRegistered(event, ADA).as(StepVerifier::create).verifyComplete();
		assertThat(this.repository.book(event, ADA).block()).isEqualTo(BookingOutcome.EVENT_NOT_FOUND);
		assertThat(this.repository.release(event, ADA).block()).isEqualTo(ReleaseOutcome.EVENT_NOT_FOUND);
		assertThat(this.repository.change(event, EventChange.ofCapacity(5)).block())
			.isEqualTo(ChangeOutcome.EVENT_NOT_FOUND);
	}

	@Test
	void booksASeatAndIncrementsTheRevision() {
		EventId event = this.storage.event(2);

		assertThat(this.repository.book(event, ADA).block()).isEqualTo(BookingOutcome.BOOKED);

		assertThat(this.stored.registrationIds(event)).containsExactly("ada");
		assertThat(this.repository.find(event).block()).extracting(Event::ticketsSold, Event::revision, Event::soldOut)
			.containsExactly(1, 1L, false);
	}

	@Test
	void refusesARegisteredUserWhileSeatsAreLeft() {
		EventId event = this.storage.event(2);
		this.storage.book(event, ADA);

		assertThat(this.repository.book(event, ADA).block()).isEqualTo(BookingOutcome.ALREADY_REGISTERED);

		assertThat(this.stored.read(event)).containsEntry("tickets_sold", 1).containsEntry("revision", 1L);
	}

	@Test
	void refusesWhenNoSeatIsLeft() {
		EventId event = this.storage.event(1);
		this.storage.book(event, ADA);

		assertThat(this.repository.book(event, BOB).block()).isEqualTo(BookingOutcome.SOLD_OUT);

		assertThat(this.stored.registrationIds(event)).containsExactly("ada");
	}

	@Test
	void booksTheLastSeat() {
		EventId event = this.storage.event(2);
		this.storage.book(event, ADA);

		assertThat(this.repository.book(event, BOB).block()).isEqualTo(BookingOutcome.BOOKED);

		assertThat(this.repository.find(event).block().soldOut()).isTrue();
	}

	@Test
	void reportsARegisteredUserOfAFullEventAsRegistered() {
		EventId event = this.storage.event(1);
		this.storage.book(event, ADA);

		assertThat(this.repository.book(event, ADA).block()).isEqualTo(BookingOutcome.ALREADY_REGISTERED);
	}

	@Test
	void booksOncePerSubscriptionAndNotBefore() {
		EventId event = this.storage.event(2);
		Mono<BookingOutcome> booking = this.repository.book(event, ADA);
		assertThat(this.stored.registrationIds(event)).isEmpty();

		booking.as(StepVerifier::create).expectNext(BookingOutcome.BOOKED).verifyComplete();
		booking.as(StepVerifier::create).expectNext(BookingOutcome.ALREADY_REGISTERED).verifyComplete();
	}

	@Test
	void booksAReleasedSeat() {
		EventId event = this.storage.event(1);
		this.storage.book(event, ADA);

		assertThat(this.repository.release(event, ADA).block()).isEqualTo(ReleaseOutcome.RELEASED);

		assertThat(this.stored.read(event)).containsEntry("tickets_sold", 0)
			.containsEntry("registration_ids", List.of())
			.containsEntry("revision", 2L);
		this.storage.book(event, BOB);
	}

	@Test
	void releasesASeatOnce() {
		EventId event = this.storage.event(2);
		this.storage.book(event, ADA, BOB);
		this.repository.release(event, ADA).block();

		assertThat(this.repository.release(event, ADA).block()).isEqualTo(ReleaseOutcome.NOT_REGISTERED);

		assertThat(this.stored.read(event)).containsEntry("tickets_sold", 1)
			.containsEntry("registration_ids", List.of("bob"));
	}

	@Test
	void reportsWhetherAUserIsRegistered() {
		EventId event = this.storage.event(2);
		this.storage.book(event, ADA);

		assertThat(this.repository.isRegistered(event, ADA).block()).isTrue();
		assertThat(this.repository.isRegistered(event, BOB).block()).isFalse();
		assertThat(this.repository.ledger(event).block())
			.isEqualTo(new Ledger(2, 1, 0, List.of(ADA), List.of(), List.of()));
	}

	@Test
	void readsWhichOfSeveralUsersAreRegistered() {
		EventId event = this.storage.event(3);
		UserId expression = new UserId("$tickets_sold");
		this.storage.book(event, ADA, expression);

		assertThat(this.repository.registered(event, Set.of(ADA, BOB, expression)).block())
			.containsExactlyInAnyOrder(ADA, expression);
		assertThat(this.repository.registered(event, Set.of(BOB, new UserId("$title"))).block()).isEmpty();
		this.repository.registered(new EventId("ffffffffffffffffffffffff"), Set.of(ADA, BOB))
			.as(StepVerifier::create)
			.verifyComplete();
	}

	/** Compares a random sequence of operations with a list as a model. */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void agreesWithAListInRandomSequencesOfOperations(long seed) {
		Random random = new Random(seed);
		EventId event = this.storage.event(3);
		List<UserId> model = new ArrayList<>();
		int capacity = 3;
		for (int step = 0; step < 200; step++) {
			UserId user = new UserId("user-" + random.nextInt(6));
			int operation = random.nextInt(10);
			if (operation < 5) {
				BookingOutcome expected = model.contains(user) ? BookingOutcome.ALREADY_REGISTERED
						: (model.size() < capacity) ? BookingOutcome.BOOKED : BookingOutcome.SOLD_OUT;
				assertThat(this.repository.book(event, user).block()).as("book at step " + step).isEqualTo(expected);
				if (expected == BookingOutcome.BOOKED) {
					model.add(user);
				}
			}
			else if (operation < 8) {
				assertThat(this.repository.release(event, user).block()).as("release at step " + step)
					.isEqualTo(model.remove(user) ? ReleaseOutcome.RELEASED : ReleaseOutcome.NOT_REGISTERED);
			}
			else {
				int wanted = 1 + random.nextInt(5);
				boolean fits = wanted >= model.size();
				assertThat(this.repository.change(event, EventChange.ofCapacity(wanted)).block())
					.as("capacity at step " + step)
					.isEqualTo(fits ? ChangeOutcome.CHANGED : ChangeOutcome.CAPACITY_BELOW_SOLD);
				capacity = fits ? wanted : capacity;
			}
			assertThat(this.repository.ledger(event).block()).as("ledger at step " + step)
				.isEqualTo(new Ledger(capacity, model.size(), 0, model, List.of(), List.of()));
		}
	}

}
