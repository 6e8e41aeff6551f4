package dev.lastseat.mongo.segments;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import dev.lastseat.TestRun;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.BrokenCommands;
import dev.lastseat.mongo.PackageAccess;
import dev.lastseat.mongo.PackageAccess.Snapshot;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static dev.lastseat.mongo.segments.SegmentFixture.id;
import static dev.lastseat.mongo.segments.SegmentFixture.names;
import static dev.lastseat.mongo.segments.SegmentFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads a sealed registration and its release in an order that never shows a released
 * registration as present.
 */
public class SealedReadOrderContract extends SegmentTest {

	@Test
	void aLateInsertRestoresNoReleasedRegistration() {
		EventId event = this.segments.sealed(4);
		this.repository.release(event, user(0)).block(TestRun.TIMEOUT);
		this.segments.maintain(event);

		insertLate(event, 0, 1);

		assertThat(this.repository.isRegistered(event, user(0)).block(TestRun.TIMEOUT)).isFalse();
		assertThat(this.stored.registrationIds(event)).isEqualTo(names(1, 2, 3));
		assertThat(SegmentFixture.book(this.repository, event, user(0))).isEqualTo(BookingOutcome.BOOKED);
	}

	/** The negative control: the clean-up deletes released registrations. */
	@Test
	void aLateInsertWouldRestoreADeletedRegistration() {
		EventId event = this.segments.sealed(4);
		this.segments.releaseWithoutCleanUp(event, user(0));
		this.segments.maintain(event, BrokenCommands.DELETING_RELEASED.over(this.storage.database()));

		insertLate(event, 0);

		assertThat(this.repository.isRegistered(event, user(0)).block(TestRun.TIMEOUT)).isTrue();
	}

	/** The insert of a process that seals the first segment and was delayed. */
	private void insertLate(EventId event, int... users) {
		List<SealedRegistration> registrations = IntStream.of(users)
			.mapToObj((number) -> new SealedRegistration(id(event), "user-" + number, 0, number, false))
			.toList();
		this.segments.registrations().insert(registrations).block(TestRun.TIMEOUT);
	}

	@Test
	void seesAReleaseThatIsCleanedUpBeforeTheEventIsRead() {
		EventId event = this.segments.sealed(4);
		this.segments.releaseWithoutCleanUp(event, user(0));

		assertThat(snapshot(event, new SealedUserLookup(this.storage.collections(), this.segments.maintenance()) {
			@Override
			public Mono<Set<String>> possiblySealed(ObjectId id, List<String> users, int belowSegment) {
				return super.possiblySealed(id, users, belowSegment)
					.delayUntil((found) -> SealedReadOrderContract.this.segments.maintenanceOf(event));
			}
		}, user(0), user(1)).registered()).containsExactly(user(1));
	}

	@Test
	void seesAReleaseThatIsCleanedUpAfterTheEventIsRead() {
		EventId event = this.segments.sealed(4);
		this.segments.releaseWithoutCleanUp(event, user(0));

		assertThat(snapshot(event, new SealedUserLookup(this.storage.collections(), this.segments.maintenance()) {
			@Override
			public Mono<List<SealedRegistration>> registrations(ObjectId id, Set<String> possiblySealed,
					int belowSegment, Set<Document> released) {
				return SealedReadOrderContract.this.segments.maintenanceOf(event)
					.then(super.registrations(id, possiblySealed, belowSegment, released));
			}
		}, user(0), user(1)).registered()).containsExactly(user(1));
	}

	@Test
	void seesASeatThatIsReleasedBetweenTheTwoReads() {
		EventId event = this.segments.sealed(4);
		this.withoutSealing.change(event, EventChange.ofCapacity(4), RevisionCondition.NONE).block(TestRun.TIMEOUT);
		AtomicBoolean released = new AtomicBoolean();

		Snapshot snapshot = snapshot(event,
				new SealedUserLookup(this.storage.collections(), this.segments.maintenance()) {
					@Override
					public Mono<List<SealedRegistration>> registrations(ObjectId id, Set<String> possiblySealed,
							int belowSegment, Set<Document> releases) {
						return releaseOnce(event, released)
							.then(super.registrations(id, possiblySealed, belowSegment, releases));
					}
				}, user(0));

		assertThat(snapshot.registered()).isEmpty();
		assertThat(snapshot.freeSeats()).isEqualTo(1);
	}

	private Mono<Void> releaseOnce(EventId event, AtomicBoolean released) {
		return Mono.fromRunnable(() -> {
			if (released.compareAndSet(false, true)) {
				this.segments.releaseWithoutCleanUp(event, user(0));
			}
		}).then(this.segments.maintenanceOf(event));
	}

	/** The negative control: the two reads in the wrong order. */
	@Test
	void wouldMissAReleaseIfItReadTheRegistrationsFirst() {
		EventId event = this.segments.sealed(4);
		this.segments.releaseWithoutCleanUp(event, user(0));

		assertThat(
				snapshot(event, new RegistrationsFirstLookup(this.storage.collections(), this.segments.maintenance()) {
					@Override
					public Mono<Set<String>> possiblySealed(ObjectId id, List<String> users, int belowSegment) {
						return super.possiblySealed(id, users, belowSegment)
							.delayUntil((found) -> SealedReadOrderContract.this.segments.maintenanceOf(event));
					}
				}, user(0), user(1)).registered())
			.contains(user(0));
	}

	/** Segment 1 is the open one after {@code sealed(4)}. */
	private Snapshot snapshot(EventId event, SealedUserLookup lookup, UserId... users) {
		return PackageAccess
			.snapshot(this.storage.collections(), lookup, SegmentFixture.TWO, id(event), 1, List.of(users))
			.block(TestRun.TIMEOUT);
	}

}
