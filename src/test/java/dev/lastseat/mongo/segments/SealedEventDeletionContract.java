package dev.lastseat.mongo.segments;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import dev.lastseat.TestRun;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.DeletionOutcome;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventCreation;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventQuery;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Requests;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.mongo.EventDocument;
import dev.lastseat.mongo.TestStorage;
import org.awaitility.Awaitility;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static dev.lastseat.mongo.segments.SegmentFixture.id;
import static dev.lastseat.mongo.segments.SegmentFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Deletes events with sealed registrations.
 */
public class SealedEventDeletionContract extends SegmentTest {

	@Test
	void deletesAnEventWithItsSealedRegistrations() {
		EventId event = this.segments.sealed(5);
		assertThat(this.repository.delete(event).block(TestRun.TIMEOUT)).isEqualTo(DeletionOutcome.HAS_REGISTRATIONS);
		IntStream.range(0, 5).forEach((number) -> this.repository.release(event, user(number)).block(TestRun.TIMEOUT));

		assertThat(this.repository.delete(event).block(TestRun.TIMEOUT)).isEqualTo(DeletionOutcome.DELETED);

		Awaitility.await()
			.atMost(TestRun.TIMEOUT)
			.untilAsserted(() -> assertThat(this.stored.sealedRegistrations(event)).isEmpty());
	}

	@Test
	void neverReusesTheIdOfAnEventWithSealedRegistrations() {
		EventId event = this.segments.sealed(5);

		assertThat(this.repository.delete(event, true, RevisionCondition.NONE).block(TestRun.TIMEOUT))
			.isEqualTo(DeletionOutcome.DELETED);

		assertThat(this.withoutSealing
			.create(event, new EventDraft("Another", null, TestStorage.NOW, null, 9), TestStorage.NOW)
			.block(TestRun.TIMEOUT)).isEqualTo(EventCreation.ID_TAKEN);
		expectNoEvent(event);
		Awaitility.await()
			.atMost(TestRun.TIMEOUT)
			.untilAsserted(() -> assertThat(this.stored.sealedRegistrations(event)).isEmpty());
	}

	@Test
	void deletesAnEventDuringASealing() {
		EventId event = this.segments.sealingBegun(4);

		assertThat(this.repository.delete(event, true, RevisionCondition.NONE).block(TestRun.TIMEOUT))
			.isEqualTo(DeletionOutcome.DELETED);

		expectNoEvent(event);
		this.segments.maintain(event);
		assertThat(this.withoutSealing
			.create(event, new EventDraft("Another", null, TestStorage.NOW, null, 9), TestStorage.NOW)
			.block(TestRun.TIMEOUT)).isEqualTo(EventCreation.ID_TAKEN);
	}

	/** A deleted event leaves a document behind. Every operation treats it as unknown. */
	private void expectNoEvent(EventId event) {
		assertThat(this.withoutSealing.find(event).blockOptional(TestRun.TIMEOUT)).isEmpty();
		assertThat(SegmentFixture.book(this.withoutSealing, event, user(7))).isEqualTo(BookingOutcome.EVENT_NOT_FOUND);
		assertThat(this.withoutSealing.decide(event, Requests.bookings(user(7), user(8)))
			.collectList()
			.block(TestRun.TIMEOUT)).extracting(Decision::outcome).containsOnly(BookingOutcome.EVENT_NOT_FOUND);
		assertThat(this.withoutSealing.release(event, user(0)).block(TestRun.TIMEOUT))
			.isEqualTo(ReleaseOutcome.EVENT_NOT_FOUND);
		assertThat(this.repository.release(event, user(0)).block(TestRun.TIMEOUT))
			.isEqualTo(ReleaseOutcome.EVENT_NOT_FOUND);
		assertThat(this.withoutSealing.isRegistered(event, user(0)).blockOptional(TestRun.TIMEOUT)).isEmpty();
		assertThat(this.withoutSealing.registrations(event, null, 10).blockOptional(TestRun.TIMEOUT)).isEmpty();
		assertThat(this.withoutSealing.ledger(event).blockOptional(TestRun.TIMEOUT)).isEmpty();
		assertThat(this.withoutSealing.change(event, EventChange.ofCapacity(9)).block(TestRun.TIMEOUT))
			.isEqualTo(ChangeOutcome.EVENT_NOT_FOUND);
		assertThat(this.withoutSealing.delete(event, true, RevisionCondition.NONE).block(TestRun.TIMEOUT))
			.isEqualTo(DeletionOutcome.EVENT_NOT_FOUND);
		assertThat(this.withoutSealing.list(new EventQuery(null, null, null, null, 100)).block(TestRun.TIMEOUT).items())
			.noneMatch((found) -> found.id().equals(event));
		assertThat(
				this.withoutSealing.list(new EventQuery(null, null, user(0), null, 100)).block(TestRun.TIMEOUT).items())
			.noneMatch((found) -> found.id().equals(event));
		assertThat(this.storage.feed().statuses(List.of(event)).collectList().block(TestRun.TIMEOUT)).isEmpty();
	}

	/** An event that was deleted, with a sealed registration that was inserted later. */
	private EventId deleted(Duration ago) {
		ObjectId deleted = new ObjectId();
		Mono.from(this.storage.collections()
			.events()
			.insertOne(EventDocument.tombstone(deleted, Instant.now().minus(ago)))).block(TestRun.TIMEOUT);
		this.segments.registrations()
			.insert(List.of(new SealedRegistration(deleted, "user-0", 0, 0, false)))
			.block(TestRun.TIMEOUT);
		return new EventId(deleted.toHexString());
	}

	@Test
	void sweepsRegistrationsOfAnEventDeletedMoreThanADayAgo() {
		EventId existing = this.segments.sealed(4);
		EventId deletedLongAgo = deleted(Duration.ofHours(25));
		EventId deletedRecently = deleted(Duration.ofHours(23));

		this.segments.maintenance().sweep().block(TestRun.TIMEOUT);

		assertThat(this.stored.sealedRegistrations(deletedLongAgo)).isEmpty();
		assertThat(this.stored.sealedRegistrations(deletedRecently)).hasSize(1);
		assertThat(this.stored.sealedRegistrations(existing)).hasSize(2);
		assertThat(this.stored.read(deletedLongAgo)).containsEntry("cleared", true);
	}

	/** A backup may restore the registrations before the events. */
	@Test
	void keepsRegistrationsOfAMissingEvent() {
		EventId missing = new EventId(new ObjectId().toHexString());
		this.segments.registrations()
			.insert(List.of(new SealedRegistration(id(missing), "user-0", 0, 0, false)))
			.block(TestRun.TIMEOUT);

		this.segments.maintenance().sweep().block(TestRun.TIMEOUT);

		assertThat(this.stored.sealedRegistrations(missing)).hasSize(1);
	}

}
