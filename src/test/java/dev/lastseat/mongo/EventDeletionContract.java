package dev.lastseat.mongo;

import java.util.List;
import java.util.Set;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.DeletionOutcome;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventQuery;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.UserId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Deletes events, with and without registrations.
 */
class EventDeletionContract extends StorageTest {

	private static final UserId ADA = new UserId("ada");

	private static final UserId BOB = new UserId("bob");

	@Test
	void deletesAnEventWithoutRegistrations() {
		EventId event = this.storage.event(3);
		this.storage.book(event, ADA);
		this.repository.release(event, ADA).block();

		assertThat(this.repository.delete(event).block()).isEqualTo(DeletionOutcome.DELETED);

		assertThat(this.repository.find(event).blockOptional()).isEmpty();
		assertThat(this.repository.delete(event).block()).isEqualTo(DeletionOutcome.EVENT_NOT_FOUND);
	}

	@Test
	void leavesNothingOfAnEventThatNeverChanged() {
		EventId event = this.storage.event(3);

		assertThat(this.repository.delete(event).block()).isEqualTo(DeletionOutcome.DELETED);

		assertThat(this.stored.read(event)).isNull();
		assertThat(this.repository.journal(event, 0, 10).blockOptional()).isEmpty();
	}

	@Test
	void refusesToDeleteAnEventWithRegistrations() {
		EventId event = this.storage.event(3);
		this.storage.book(event, ADA);

		assertThat(this.repository.delete(event).block()).isEqualTo(DeletionOutcome.HAS_REGISTRATIONS);

		assertThat(this.repository.isRegistered(event, ADA).block()).isTrue();
	}

	@Test
	void deletesAnEventWithItsRegistrationsOnRequest() {
		EventId event = this.storage.event(3);
		this.storage.book(event, ADA);

		assertThat(this.repository.delete(event, true, RevisionCondition.NONE).block())
			.isEqualTo(DeletionOutcome.DELETED);

		assertThat(this.repository.find(event).blockOptional()).isEmpty();
		assertThat(this.repository.book(event, BOB).block()).isEqualTo(BookingOutcome.EVENT_NOT_FOUND);
		assertThat(this.repository.list(new EventQuery(null, null, ADA, null, 100)).block().items())
			.noneMatch((found) -> found.id().equals(event));
	}

	@Test
	void deletesOnlyTheExpectedRevision() {
		EventId event = this.storage.event(3);
		this.storage.book(event, ADA);

		for (RevisionCondition stale : List.of(RevisionCondition.ofRevisions(0L), RevisionCondition.ofRevisions(),
				new RevisionCondition(null, Set.of(1L)))) {
			assertThat(this.repository.delete(event, true, stale).block()).isEqualTo(DeletionOutcome.STALE);
		}
		assertThat(this.repository.isRegistered(event, ADA).block()).isTrue();

		assertThat(this.repository.delete(event, true, new RevisionCondition(Set.of(0L, 1L), Set.of(0L))).block())
			.isEqualTo(DeletionOutcome.DELETED);
	}

}
