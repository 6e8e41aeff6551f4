package dev.lastseat.mongo;

import java.time.Instant;
import java.util.Set;

import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventChange.Field;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changes the fields of an event.
 */
class EventChangeContract extends StorageTest {

	private static final UserId ADA = new UserId("ada");

	private static final UserId BOB = new UserId("bob");

	private EventId gala() {
		return this.repository
			.create(new EventDraft("Gala", "An evening", Instant.parse("2027-01-01T19:00:00Z"),
					Instant.parse("2027-01-01T23:00:00Z"), 3), TestStorage.NOW)
			.block()
			.id();
	}

	private static EventChange change(Field field, @Nullable Instant value) {
		return new EventChange(Set.of(field), null, null, value, value, 0, SaleTerms.DEFAULT);
	}

	@Test
	void changesOnlyTheNamedFields() {
		EventId event = gala();
		Event before = this.repository.find(event).block();

		EventChange change = new EventChange(Set.of(Field.TITLE, Field.DESCRIPTION), "Ball", null, null, null, 0,
				SaleTerms.DEFAULT);
		assertThat(this.repository.change(event, change).block()).isEqualTo(ChangeOutcome.CHANGED);

		assertThat(this.repository.find(event).block()).isEqualTo(new Event(event, "Ball", null, before.startsAt(),
				before.endsAt(), 3, SaleTerms.DEFAULT, 0, 0, 0, 1, before.createdAt()));
	}

	@Test
	void changesOnlyTheExpectedRevision() {
		EventId event = gala();
		EventChange change = EventChange.ofCapacity(5);

		assertThat(this.repository.change(event, change, RevisionCondition.ofRevisions(0L)).block())
			.isEqualTo(ChangeOutcome.CHANGED);
		assertThat(this.repository.change(event, change, RevisionCondition.ofRevisions(0L)).block())
			.isEqualTo(ChangeOutcome.STALE);
		assertThat(this.repository.change(event, change, RevisionCondition.ofRevisions()).block())
			.isEqualTo(ChangeOutcome.STALE);
		assertThat(this.repository.change(event, change, RevisionCondition.ofRevisions(0L, 1L)).block())
			.isEqualTo(ChangeOutcome.CHANGED);

		assertThat(this.repository.find(event).block().revision()).isEqualTo(2);
	}

	@Test
	void refusesAnEndBeforeTheStart() {
		EventId event = gala();
		Instant end = Instant.parse("2027-01-01T23:00:00Z");
		Instant start = Instant.parse("2027-01-01T19:00:00Z");

		assertThat(this.repository.change(event, change(Field.STARTS_AT, end.plusMillis(1))).block())
			.isEqualTo(ChangeOutcome.ENDS_BEFORE_START);
		assertThat(this.repository.change(event, change(Field.ENDS_AT, start.minusMillis(1))).block())
			.isEqualTo(ChangeOutcome.ENDS_BEFORE_START);
		assertThat(this.repository.find(event).block().revision()).isZero();

		assertThat(this.repository.change(event, change(Field.STARTS_AT, end)).block())
			.isEqualTo(ChangeOutcome.CHANGED);
		assertThat(this.repository.change(event, change(Field.ENDS_AT, null)).block()).isEqualTo(ChangeOutcome.CHANGED);
		assertThat(this.repository.change(event, change(Field.STARTS_AT, end.plusSeconds(60))).block())
			.isEqualTo(ChangeOutcome.CHANGED);
		assertThat(this.repository.find(event).block()).extracting(Event::startsAt, Event::endsAt)
			.containsExactly(end.plusSeconds(60), null);
	}

	@Test
	void changesAnEventThatWasBookedMeanwhile() {
		EventId event = gala();
		this.storage.book(event, ADA, BOB);

		assertThat(this.repository.change(event, EventChange.ofCapacity(2), RevisionCondition.ofRevisions(2L)).block())
			.isEqualTo(ChangeOutcome.CHANGED);

		assertThat(this.stored.registrationIds(event)).containsExactly("ada", "bob");
		assertThat(this.repository.find(event).block().soldOut()).isTrue();
	}

	@Test
	void lowersTheCapacityToTheSoldTickets() {
		EventId event = this.storage.event(3);
		this.storage.book(event, ADA, BOB);

		assertThat(this.repository.change(event, EventChange.ofCapacity(2)).block()).isEqualTo(ChangeOutcome.CHANGED);

		assertThat(this.stored.read(event)).containsEntry("capacity", 2).containsEntry("revision", 3L);
	}

	@Test
	void refusesACapacityBelowTheSoldTickets() {
		EventId event = this.storage.event(3);
		this.storage.book(event, ADA, BOB);

		assertThat(this.repository.change(event, EventChange.ofCapacity(1)).block())
			.isEqualTo(ChangeOutcome.CAPACITY_BELOW_SOLD);

		assertThat(this.stored.read(event)).containsEntry("capacity", 3).containsEntry("revision", 2L);
	}

	@Test
	void booksAfterTheCapacityIsRaised() {
		EventId event = this.storage.event(1);
		this.storage.book(event, ADA);

		this.repository.change(event, EventChange.ofCapacity(2)).block();

		this.storage.book(event, BOB);
	}

}
