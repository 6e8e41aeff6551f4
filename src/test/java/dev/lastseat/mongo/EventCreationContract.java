package dev.lastseat.mongo;

import java.time.Instant;
import java.util.Date;
import java.util.List;

import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventCreation;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.UserId;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Creates events, and reads back what was created.
 */
class EventCreationContract extends StorageTest {

	private static final UserId ADA = new UserId("ada");

	@Test
	void storesTheDocumentedFields() {
		EventDraft draft = new EventDraft("Gala", "An evening", Instant.parse("2027-01-01T19:00:00.5Z"),
				Instant.parse("2027-01-01T23:00:00Z"), 3);

		EventId event = this.repository.create(draft, TestStorage.NOW).block().id();

		Document document = this.stored.read(event);
		assertThat(document.keySet()).containsExactly("_id", "title", "description", "starts_at", "ends_at", "capacity",
				"tickets_sold", "registration_ids", "revision", "created_at");
		assertThat(document).containsEntry("title", "Gala")
			.containsEntry("description", "An evening")
			.containsEntry("starts_at", Date.from(Instant.parse("2027-01-01T19:00:00.5Z")))
			.containsEntry("ends_at", Date.from(Instant.parse("2027-01-01T23:00:00Z")))
			.containsEntry("capacity", 3)
			.containsEntry("tickets_sold", 0)
			.containsEntry("registration_ids", List.of())
			.containsEntry("created_at", Date.from(Instant.parse("2026-06-01T12:00:00.123Z")));
	}

	@Test
	void readsACreatedEventUnchanged() {
		EventDraft draft = new EventDraft("Gala 🎟", "An evening", Instant.parse("2027-01-01T19:00:00.5Z"),
				Instant.parse("2027-01-01T23:00:00Z"), 3);

		Event created = this.repository.create(draft, TestStorage.NOW).block();

		assertThat(this.repository.find(created.id()).block()).isEqualTo(created);
		assertThat(created.title()).isEqualTo("Gala 🎟");
		assertThat(created.remaining()).isEqualTo(3);
	}

	@Test
	void createsAnEventForEachSubscription() {
		Mono<Event> creation = this.repository
			.create(new EventDraft("Twice", null, Instant.parse("2027-01-01T00:00:00Z"), null, 1), TestStorage.NOW);

		assertThat(creation.block().id()).isNotEqualTo(creation.block().id());
	}

	@Test
	void createsAnEventWithAnIdOfTheCallerOnce() {
		EventId id = new EventId(new ObjectId().toHexString());
		EventDraft draft = new EventDraft("Gala", "An evening", Instant.parse("2027-01-01T19:00:00Z"), null, 3);

		EventCreation first = this.repository.create(id, draft, TestStorage.NOW).block();
		this.storage.book(id, ADA);
		EventCreation again = this.repository.create(id, draft, TestStorage.NOW.plusSeconds(1)).block();

		assertThat(first.outcome()).isEqualTo(EventCreation.Outcome.CREATED);
		assertThat(first.event().id()).isEqualTo(id);
		assertThat(again.outcome()).isEqualTo(EventCreation.Outcome.ALREADY_CREATED);
		assertThat(again.event()).isEqualTo(this.repository.find(id).block());
		assertThat(again.event().ticketsSold()).isEqualTo(1);
	}

	@Test
	void refusesTheIdOfAnotherEvent() {
		Instant start = Instant.parse("2027-01-01T19:00:00Z");
		EventId id = new EventId(new ObjectId().toHexString());
		this.repository.create(id, new EventDraft("Gala", null, start, null, 3), TestStorage.NOW).block();

		for (EventDraft other : List.of(new EventDraft("Ball", null, start, null, 3),
				new EventDraft("Gala", "", start, null, 3), new EventDraft("Gala", null, start.plusMillis(1), null, 3),
				new EventDraft("Gala", null, start, start, 3), new EventDraft("Gala", null, start, null, 4))) {
			assertThat(this.repository.create(id, other, TestStorage.NOW).block()).isEqualTo(EventCreation.ID_TAKEN);
		}

		assertThat(this.repository.find(id).block().title()).isEqualTo("Gala");
	}

	@Test
	void createsOneEventForConcurrentRequests() {
		EventId id = new EventId(new ObjectId().toHexString());
		EventDraft draft = new EventDraft("Gala", null, TestStorage.NOW, null, 3);

		List<EventCreation.Outcome> outcomes = Flux.range(0, 16)
			.flatMap((attempt) -> this.repository.create(id, draft, TestStorage.NOW).subscribeOn(Schedulers.parallel()),
					16)
			.map(EventCreation::outcome)
			.collectList()
			.block();

		assertThat(outcomes).hasSize(16)
			.containsOnlyOnce(EventCreation.Outcome.CREATED)
			.allMatch((outcome) -> outcome != EventCreation.Outcome.ID_TAKEN);
	}

	@Test
	void createsADeletedEventAgainUnlessItHadSealedRegistrationsOrAJournal() {
		EventId unchanged = this.storage.event(3);
		EventId changed = this.storage.event(3);
		this.storage.book(changed, ADA);
		this.repository.delete(unchanged, true, RevisionCondition.NONE).block();
		this.repository.delete(changed, true, RevisionCondition.NONE).block();
		EventDraft draft = new EventDraft("Ball", null, TestStorage.NOW, null, 5);

		assertThat(this.repository.create(unchanged, draft, TestStorage.NOW).block().outcome())
			.isEqualTo(EventCreation.Outcome.CREATED);
		assertThat(this.repository.create(changed, draft, TestStorage.NOW).block()).isEqualTo(EventCreation.ID_TAKEN);
		assertThat(this.repository.isRegistered(unchanged, ADA).block()).isFalse();
	}

}
