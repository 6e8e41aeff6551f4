package dev.lastseat.mongo.segments;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.lastseat.TestRun;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.Requests;
import dev.lastseat.mongo.PackageAccess;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static dev.lastseat.mongo.segments.SegmentFixture.id;
import static dev.lastseat.mongo.segments.SegmentFixture.names;
import static dev.lastseat.mongo.segments.SegmentFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Books and releases seats of events with sealed segments.
 */
public class SealedBookingContract extends SegmentTest {

	@ParameterizedTest
	@ValueSource(ints = { 0, 2, 4 })
	void findsARegistrationInEverySegment(int number) {
		EventId event = this.segments.sealed(4);
		this.segments.book(event, user(4), user(5));
		this.segments.beginSealing(event);
		EventRepository another = this.storage.newRepository();

		assertThat(SegmentFixture.book(this.repository, event, user(number)))
			.isEqualTo(BookingOutcome.ALREADY_REGISTERED);
		assertThat(SegmentFixture.book(another, event, user(number))).isEqualTo(BookingOutcome.ALREADY_REGISTERED);
		assertThat(another.isRegistered(event, user(number)).block(TestRun.TIMEOUT)).isTrue();
		assertThat(another.isRegistered(event, user(9)).block(TestRun.TIMEOUT)).isFalse();
		assertThat(another.registered(event, Set.of(user(9), user(number), user(5))).block(TestRun.TIMEOUT))
			.containsExactlyInAnyOrder(user(number), user(5));
		assertThat(another.release(event, user(9)).block(TestRun.TIMEOUT)).isEqualTo(ReleaseOutcome.NOT_REGISTERED);
	}

	@Test
	void distinguishesSealedUsersInARound() {
		EventId event = this.segments.sealed(5);
		this.withoutSealing.change(event, EventChange.ofCapacity(6)).block(TestRun.TIMEOUT);

		List<Decision> decisions = this.repository.decide(event, Requests.bookings(user(0), user(7), user(3), user(8)))
			.collectList()
			.block(TestRun.TIMEOUT);

		assertThat(decisions).containsExactlyInAnyOrder(
				new Decision(new Request.Booking(user(0)), BookingOutcome.ALREADY_REGISTERED),
				new Decision(new Request.Booking(user(3)), BookingOutcome.ALREADY_REGISTERED),
				new Decision(new Request.Booking(user(7)), BookingOutcome.BOOKED),
				new Decision(new Request.Booking(user(8)), BookingOutcome.SOLD_OUT));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 2, 4 })
	void releasesASeatOnceInEverySegment(int number) {
		EventId event = this.segments.sealed(4);
		this.segments.book(event, user(4), user(5));
		this.segments.beginSealing(event);

		assertThat(this.repository.release(event, user(number)).block(TestRun.TIMEOUT))
			.isEqualTo(ReleaseOutcome.RELEASED);

		assertThat(this.repository.release(event, user(number)).block(TestRun.TIMEOUT))
			.isEqualTo(ReleaseOutcome.NOT_REGISTERED);
		assertThat(this.repository.isRegistered(event, user(number)).block(TestRun.TIMEOUT)).isFalse();
		assertThat(this.stored.read(event)).containsEntry("tickets_sold", 5).containsEntry("revision", 7L);
		assertThat(this.stored.registrationIds(event)).hasSize(5).doesNotContain("user-" + number);
	}

	@Test
	void releasesASealedSeatOnceBeforeTheCleanUp() {
		EventId event = this.segments.sealed(4);
		this.segments.releaseWithoutCleanUp(event, user(0));

		assertThat(this.withoutSealing.release(event, user(0)).block(TestRun.TIMEOUT))
			.isEqualTo(ReleaseOutcome.NOT_REGISTERED);
	}

	@Test
	void cleansUpAfterAReleaseInTheBackground() {
		EventId event = this.segments.sealed(4);

		this.repository.release(event, user(0)).block(TestRun.TIMEOUT);

		Awaitility.await()
			.atMost(TestRun.TIMEOUT)
			.untilAsserted(() -> assertThat(this.stored.read(event)).containsEntry("released", List.of())
				.containsEntry("cleanups", 1));
		assertThat(this.stored.sealedRegistrations(event).get(0)).containsEntry("released", true);
	}

	@Test
	void booksAReleasedUserAgainBeforeAndAfterTheCleanUp() {
		EventId event = this.segments.sealed(4);
		this.segments.releaseWithoutCleanUp(event, user(0));
		assertThat(this.repository.isRegistered(event, user(0)).block(TestRun.TIMEOUT)).isFalse();

		assertThat(SegmentFixture.book(this.repository, event, user(0))).isEqualTo(BookingOutcome.BOOKED);
		assertThat(SegmentFixture.book(this.repository, event, user(0))).isEqualTo(BookingOutcome.ALREADY_REGISTERED);
		this.segments.maintain(event);

		assertThat(this.stored.registrationIds(event)).isEqualTo(names(1, 2, 3, 0));
		assertThat(this.repository.release(event, user(0)).block(TestRun.TIMEOUT)).isEqualTo(ReleaseOutcome.RELEASED);
		assertThat(SegmentFixture.book(this.repository, event, user(0))).isEqualTo(BookingOutcome.BOOKED);
		this.stored.requireInvariants(event);
	}

	@Test
	void cleansUpReleasesOfAnotherProcess() {
		EventId event = this.segments.sealed(5);
		this.segments.releaseWithoutCleanUp(event, user(0));
		this.segments.releaseWithoutCleanUp(event, user(1));

		this.segments.maintenance().sweep().block(TestRun.TIMEOUT);

		assertThat(this.stored.read(event)).containsEntry("released", List.of());
		assertThat(this.stored.sealedRegistrations(event))
			.allSatisfy((sealed) -> assertThat(sealed).containsEntry("released", true));
	}

	@Test
	void releasesOnceWhenTwoProcessesReadTheSameRegistration() {
		EventId event = this.segments.sealed(4);
		SealedRegistration registration = this.segments.registrations()
			.unreleased(id(event), List.of("user-0"), 1)
			.blockLast(TestRun.TIMEOUT);
		this.repository.release(event, user(0)).block(TestRun.TIMEOUT);
		this.segments.maintain(event);

		assertThat(this.segments.release(registration, 0)).isFalse();

		assertThat(this.stored.read(event)).containsEntry("tickets_sold", 3);
	}

	@Test
	void booksOnlyInTheOpenSegment() {
		EventId event = this.segments.sealed(4);

		Stream.of(names(7), names(7, 8)).forEach((users) -> assertThat(booksInSegment(0, event, users)).isFalse());
		assertThat(booksInSegment(1, event, names(7))).isTrue();
	}

	private boolean booksInSegment(int segment, EventId event, List<String> users) {
		return PackageAccess.book(this.storage.collections(), id(event), users, segment).block(TestRun.TIMEOUT);
	}

	/** Decides a round as a process that remembers nothing of the event. */
	private List<Decision> decide(SealedUserLookup lookup, EventId event, List<Request> requests) {
		return PackageAccess
			.decide(this.storage.collections(), lookup, this.segments.maintenance(), id(event), requests)
			.collectList()
			.block(TestRun.TIMEOUT);
	}

	/**
	 * A segment is sealed between each read and the next write, more often than a round
	 * makes attempts.
	 */
	@Test
	void booksAfterMaintenanceMadeManyAttemptsFail() {
		EventId event = this.segments.booked(44);
		SealedUserLookup sealing = new InterruptedLookup(() -> this.segments.sealOne(event)) {
			@Override
			public Mono<Set<String>> possiblySealed(ObjectId id, List<String> users, int belowSegment) {
				return Mono.just(Set.copyOf(users));
			}
		};
		this.segments.sealOne(event).block(TestRun.TIMEOUT);

		List<Decision> decisions = decide(sealing, event, Requests.bookings(user(50), user(51)));

		assertThat(decisions).containsExactlyInAnyOrder(
				new Decision(new Request.Booking(user(50)), BookingOutcome.BOOKED),
				new Decision(new Request.Booking(user(51)), BookingOutcome.BOOKED));
		assertThat(this.stored.read(event).getInteger("segment")).isGreaterThan(20);
		this.stored.requireInvariants(event);
	}

	/**
	 * Another sealed registration is released and cleaned up between each read and the
	 * next write.
	 */
	@Test
	void releasesAfterMaintenanceMadeManyAttemptsFail() {
		EventId event = this.segments.sealed(44);
		AtomicInteger released = new AtomicInteger();
		SealedUserLookup cleaning = new InterruptedLookup(() -> {
			int other = released.incrementAndGet();
			if (other > 20) {
				return Mono.empty();
			}
			this.segments.releaseWithoutCleanUp(event, user(other));
			return this.segments.maintenanceOf(event);
		});
		Request cancellation = new Request.Cancellation(user(0));

		assertThat(decide(cleaning, event, List.of(cancellation)))
			.containsExactly(new Decision(cancellation, ReleaseOutcome.RELEASED));

		assertThat(released).hasValueGreaterThan(20);
		this.stored.requireInvariants(event);
	}

	/** The outcome would say that the user is registered. */
	@Test
	void readsAgainWhenASealedRegistrationOfAPartyIsReleasedBeforeTheWrite() {
		EventId event = this.segments.sealed(4);
		AtomicBoolean released = new AtomicBoolean();
		SealedUserLookup releasing = new InterruptedLookup(() -> {
			if (!released.getAndSet(true)) {
				this.segments.releaseWithoutCleanUp(event, user(0));
			}
			return Mono.empty();
		});
		Request.PartyBooking party = new Request.PartyBooking(List.of(user(0), user(9)));

		assertThat(decide(releasing, event, List.of(party))).containsExactly(new Decision(party,
				new PartyOutcome(PartyOutcome.Kind.BOOKED, List.of(user(0), user(9)), List.of(), 0)));

		assertThat(this.stored.registrationIds(event)).contains("user-0", "user-9");
		this.stored.requireInvariants(event);
	}

	/** Something happens after each read of sealed registrations, before the write. */
	private class InterruptedLookup extends SealedUserLookup {

		private final Supplier<Mono<Void>> interruption;

		InterruptedLookup(Supplier<Mono<Void>> interruption) {
			super(SealedBookingContract.this.storage.collections(), SealedBookingContract.this.segments.maintenance());
			this.interruption = interruption;
		}

		@Override
		public Mono<List<SealedRegistration>> registrations(ObjectId id, Set<String> possiblySealed, int belowSegment,
				Set<Document> released) {
			return super.registrations(id, possiblySealed, belowSegment, released)
				.delayUntil((found) -> this.interruption.get());
		}

	}

}
