package dev.lastseat.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.DeletionOutcome;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventCreation;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventQuery;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.RegistrationCursor;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Requests;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.UserId;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every storage engine must do.
 */
abstract class RepositoryContract extends SealedUserFiltersContract {

	@Test
	void writesTheDocumentThatTheDesignNames() {
		EventDraft draft = new EventDraft("Gala", "An evening", Instant.parse("2027-01-01T19:00:00.5Z"),
				Instant.parse("2027-01-01T23:00:00Z"), 3);

		EventId event = this.repository.create(draft, NOW).block().id();

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
	void readsBackWhatItCreated() {
		EventDraft draft = new EventDraft("Gala 🎟", "An evening", Instant.parse("2027-01-01T19:00:00.5Z"),
				Instant.parse("2027-01-01T23:00:00Z"), 3);

		Event created = this.repository.create(draft, NOW).block();

		assertThat(this.repository.find(created.id()).block()).isEqualTo(created);
		assertThat(created.title()).isEqualTo("Gala 🎟");
		assertThat(created.remaining()).isEqualTo(3);
	}

	@Test
	void createsAnEventForEachSubscription() {
		Mono<Event> creation = repository
			.create(new EventDraft("Twice", null, Instant.parse("2027-01-01T00:00:00Z"), null, 1), NOW);

		assertThat(creation.block().id()).isNotEqualTo(creation.block().id());
	}

	@ParameterizedTest
	@ValueSource(strings = { "ffffffffffffffffffffffff", "nope", "", "$oid", "ffffffffffffffffffffffffff" })
	void knowsNothingOfAnUnknownEvent(String id) {
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
	void takesASeatAndRaisesTheRevision() {
		EventId event = event(2);

		assertThat(this.repository.book(event, ADA).block()).isEqualTo(BookingOutcome.BOOKED);

		assertThat(this.stored.registrationIds(event)).containsExactly("ada");
		assertThat(this.repository.find(event).block()).extracting(Event::ticketsSold, Event::revision, Event::soldOut)
			.containsExactly(1, 1L, false);
	}

	@Test
	void refusesTheSameUserWhileSeatsAreLeft() {
		EventId event = event(2);
		book(event, ADA);

		assertThat(this.repository.book(event, ADA).block()).isEqualTo(BookingOutcome.ALREADY_REGISTERED);

		assertThat(this.stored.read(event)).containsEntry("tickets_sold", 1).containsEntry("revision", 1L);
	}

	@Test
	void refusesWhenNoSeatIsLeft() {
		EventId event = event(1);
		book(event, ADA);

		assertThat(this.repository.book(event, BOB).block()).isEqualTo(BookingOutcome.SOLD_OUT);

		assertThat(this.stored.registrationIds(event)).containsExactly("ada");
	}

	@Test
	void doesNotRefuseWhenTheLastSeatIsLeft() {
		EventId event = event(2);
		book(event, ADA);

		assertThat(this.repository.book(event, BOB).block()).isEqualTo(BookingOutcome.BOOKED);

		assertThat(this.repository.find(event).block().soldOut()).isTrue();
	}

	@Test
	void tellsAHolderOfAFullEventThatTheyAreRegistered() {
		EventId event = event(1);
		book(event, ADA);

		assertThat(this.repository.book(event, ADA).block()).isEqualTo(BookingOutcome.ALREADY_REGISTERED);
	}

	@Test
	void doesNothingBeforeASubscriptionAndOneAttemptForEach() {
		EventId event = event(2);
		Mono<BookingOutcome> booking = this.repository.book(event, ADA);
		assertThat(this.stored.registrationIds(event)).isEmpty();

		booking.as(StepVerifier::create).expectNext(BookingOutcome.BOOKED).verifyComplete();
		booking.as(StepVerifier::create).expectNext(BookingOutcome.ALREADY_REGISTERED).verifyComplete();
	}

	/** What a database could take for an operator, a field or a path. */
	private static final List<String> LIKE_CODE = List.of("$set", "$registration_ids", "$$ROOT", "$literal", "a.b",
			"registration_ids.0", "{\"$ne\":1}", "{$gt:''}", "auth0|5f7c", "a+b@example.org", "CN=Ada,O=X",
			"https://id.example.org/u/1?x=y#z", "%24set", "__proto__", "-1", "0", "null", "_id", "...", "*", "/.*/",
			"x".repeat(255));

	@Test
	void takesUserIdsForDataWhateverTheyLookLike() {
		EventId event = event(2 * LIKE_CODE.size());
		List<UserId> users = LIKE_CODE.stream().map(UserId::new).toList();

		for (UserId user : users) {
			assertThat(this.repository.isRegistered(event, user).block()).as("%s before", user).isFalse();
			assertThat(this.repository.release(event, user).block()).hasToString("NOT_REGISTERED");
			assertThat(this.repository.book(event, user).block()).isEqualTo(BookingOutcome.BOOKED);
			assertThat(this.repository.book(event, user).block()).isEqualTo(BookingOutcome.ALREADY_REGISTERED);
			assertThat(this.repository.isRegistered(event, user).block()).as("%s after", user).isTrue();
		}
		assertThat(this.stored.registrationIds(event)).containsExactlyElementsOf(LIKE_CODE);
		assertThat(this.repository.ledger(event).block().registrations()).containsExactlyElementsOf(users);
		for (UserId user : users) {
			assertThat(this.repository.list(new EventQuery(null, null, user, null, 10)).block().items())
				.extracting(Event::id)
				.as("events of %s", user)
				.contains(event);
		}
		assertThat(walkOneByOne(event)).containsExactlyElementsOf(users);

		for (UserId user : users) {
			assertThat(this.repository.release(event, user).block()).hasToString("RELEASED");
			assertThat(this.repository.isRegistered(event, user).block()).as("%s in the end", user).isFalse();
		}
		assertThat(this.repository.decide(event, Requests.bookings(users)).map(Decision::outcome).collectList().block())
			.hasSameSizeAs(users)
			.containsOnly(BookingOutcome.BOOKED);
		assertThat(this.repository.decide(event, Requests.bookings(users)).map(Decision::outcome).collectList().block())
			.hasSameSizeAs(users)
			.containsOnly(BookingOutcome.ALREADY_REGISTERED);
		this.stored.requireInvariants(event);
	}

	private List<UserId> walkOneByOne(EventId event) {
		List<UserId> seen = new ArrayList<>();
		RegistrationCursor place = null;
		do {
			Page<UserId, RegistrationCursor> page = this.repository.registrations(event, place, 1).block();
			seen.addAll(page.items());
			place = page.next();
		}
		while (place != null);
		return seen;
	}

	@Test
	void tellsUserIdsApartByCase() {
		EventId event = event(2);
		book(event, new UserId("Ada"), new UserId("ada"));

		assertThat(this.stored.registrationIds(event)).containsExactly("Ada", "ada");
	}

	@Test
	void takesUserIdsOfEveryLegalCharacter() {
		EventId event = event(3);
		UserId user = new UserId("A-Z.a_z:0@9-");
		book(event, user);

		assertThat(this.repository.book(event, user).block()).isEqualTo(BookingOutcome.ALREADY_REGISTERED);
		assertThat(this.repository.isRegistered(event, user).block()).isTrue();
		assertThat(this.repository.release(event, user).block()).isEqualTo(ReleaseOutcome.RELEASED);
	}

	@Test
	void findsTheEventWhateverTheCaseOfItsId() {
		EventId event = event(1);

		book(new EventId(event.value().toUpperCase(Locale.ROOT)), ADA);

		assertThat(this.repository.isRegistered(event, ADA).block()).isTrue();
	}

	@Test
	void givesTheSeatToTheNext() {
		EventId event = event(1);
		book(event, ADA);

		assertThat(this.repository.release(event, ADA).block()).isEqualTo(ReleaseOutcome.RELEASED);

		assertThat(this.stored.read(event)).containsEntry("tickets_sold", 0)
			.containsEntry("registration_ids", List.of())
			.containsEntry("revision", 2L);
		book(event, BOB);
	}

	@Test
	void givesNothingBackASecondTime() {
		EventId event = event(2);
		book(event, ADA, BOB);
		this.repository.release(event, ADA).block();

		assertThat(this.repository.release(event, ADA).block()).isEqualTo(ReleaseOutcome.NOT_REGISTERED);

		assertThat(this.stored.read(event)).containsEntry("tickets_sold", 1)
			.containsEntry("registration_ids", List.of("bob"));
	}

	@Test
	void tellsWhoIsRegistered() {
		EventId event = event(2);
		book(event, ADA);

		assertThat(this.repository.isRegistered(event, ADA).block()).isTrue();
		assertThat(this.repository.isRegistered(event, BOB).block()).isFalse();
		assertThat(this.repository.ledger(event).block()).isEqualTo(new Ledger(2, 1, List.of(ADA)));
	}

	@Test
	void goesDownToTheSeatsTaken() {
		EventId event = event(3);
		book(event, ADA, BOB);

		assertThat(this.repository.change(event, EventChange.ofCapacity(2)).block()).isEqualTo(ChangeOutcome.CHANGED);

		assertThat(this.stored.read(event)).containsEntry("capacity", 2).containsEntry("revision", 3L);
	}

	@Test
	void doesNotGoBelowTheSeatsTaken() {
		EventId event = event(3);
		book(event, ADA, BOB);

		assertThat(this.repository.change(event, EventChange.ofCapacity(1)).block())
			.isEqualTo(ChangeOutcome.CAPACITY_BELOW_SOLD);

		assertThat(this.stored.read(event)).containsEntry("capacity", 3).containsEntry("revision", 2L);
	}

	@Test
	void opensASoldOutEvent() {
		EventId event = event(1);
		book(event, ADA);

		this.repository.change(event, EventChange.ofCapacity(2)).block();

		book(event, BOB);
	}

	@Test
	void deletesAnEventThatNobodyIsRegisteredFor() {
		EventId event = event(3);
		book(event, ADA);
		this.repository.release(event, ADA).block();

		assertThat(this.repository.delete(event).block()).isEqualTo(DeletionOutcome.DELETED);

		assertThat(this.stored.read(event)).isNull();
		assertThat(this.repository.delete(event).block()).isEqualTo(DeletionOutcome.EVENT_NOT_FOUND);
	}

	@Test
	void doesNotDeleteAnEventThatSomebodyIsRegisteredFor() {
		EventId event = event(3);
		book(event, ADA);

		assertThat(this.repository.delete(event).block()).isEqualTo(DeletionOutcome.HAS_REGISTRATIONS);

		assertThat(this.repository.isRegistered(event, ADA).block()).isTrue();
	}

	@Test
	void deletesAnEventWithItsRegistrationsWhereAskedTo() {
		EventId event = event(3);
		book(event, ADA);

		assertThat(this.repository.delete(event, true, RevisionCondition.NONE).block())
			.isEqualTo(DeletionOutcome.DELETED);

		assertThat(this.stored.read(event)).isNull();
		assertThat(this.repository.book(event, BOB).block()).isEqualTo(BookingOutcome.EVENT_NOT_FOUND);
		assertThat(this.repository.list(new EventQuery(null, null, ADA, null, 100)).block().items())
			.noneMatch((found) -> found.id().equals(event));
	}

	@Test
	void deletesOnlyTheRevisionThatIsAskedFor() {
		EventId event = event(3);
		book(event, ADA);

		for (RevisionCondition stale : List.of(RevisionCondition.ofRevisions(0L), RevisionCondition.ofRevisions(),
				new RevisionCondition(null, Set.of(1L)))) {
			assertThat(this.repository.delete(event, true, stale).block()).isEqualTo(DeletionOutcome.STALE);
		}
		assertThat(this.repository.isRegistered(event, ADA).block()).isTrue();

		assertThat(this.repository.delete(event, true, new RevisionCondition(Set.of(0L, 1L), Set.of(0L))).block())
			.isEqualTo(DeletionOutcome.DELETED);
	}

	@Test
	void createsAnEventUnderAnIdOfTheCallerOnce() {
		EventId id = new EventId(new ObjectId().toHexString());
		EventDraft draft = new EventDraft("Gala", "An evening", Instant.parse("2027-01-01T19:00:00Z"), null, 3);

		EventCreation first = this.repository.create(id, draft, NOW).block();
		book(id, ADA);
		EventCreation again = this.repository.create(id, draft, NOW.plusSeconds(1)).block();

		assertThat(first.outcome()).isEqualTo(EventCreation.Outcome.CREATED);
		assertThat(first.event().id()).isEqualTo(id);
		assertThat(again.outcome()).isEqualTo(EventCreation.Outcome.ALREADY_CREATED);
		assertThat(again.event()).isEqualTo(this.repository.find(id).block());
		assertThat(again.event().ticketsSold()).isEqualTo(1);
	}

	@Test
	void doesNotCreateAnEventUnderTheIdOfAnother() {
		Instant start = Instant.parse("2027-01-01T19:00:00Z");
		EventId id = new EventId(new ObjectId().toHexString());
		this.repository.create(id, new EventDraft("Gala", null, start, null, 3), NOW).block();

		for (EventDraft other : List.of(new EventDraft("Ball", null, start, null, 3),
				new EventDraft("Gala", "", start, null, 3), new EventDraft("Gala", null, start.plusMillis(1), null, 3),
				new EventDraft("Gala", null, start, start, 3), new EventDraft("Gala", null, start, null, 4))) {
			assertThat(this.repository.create(id, other, NOW).block()).isEqualTo(EventCreation.ID_TAKEN);
		}

		assertThat(this.repository.find(id).block().title()).isEqualTo("Gala");
	}

	@Test
	void createsOneEventForAllWhoCreateItAtOnce() {
		EventId id = new EventId(new ObjectId().toHexString());
		EventDraft draft = new EventDraft("Gala", null, NOW, null, 3);

		List<EventCreation.Outcome> outcomes = Flux.range(0, 16)
			.flatMap((attempt) -> this.repository.create(id, draft, NOW).subscribeOn(Schedulers.parallel()), 16)
			.map(EventCreation::outcome)
			.collectList()
			.block();

		assertThat(outcomes).hasSize(16)
			.containsOnlyOnce(EventCreation.Outcome.CREATED)
			.allMatch((outcome) -> outcome != EventCreation.Outcome.ID_TAKEN);
	}

	@Test
	void createsAnEventAnewThatWasDeletedWithoutSealedRegistrations() {
		EventId event = event(3);
		book(event, ADA);
		this.repository.delete(event, true, RevisionCondition.NONE).block();

		EventCreation creation = this.repository.create(event, new EventDraft("Ball", null, NOW, null, 5), NOW).block();

		assertThat(creation.outcome()).isEqualTo(EventCreation.Outcome.CREATED);
		assertThat(this.repository.isRegistered(event, ADA).block()).isFalse();
	}

	@Test
	void neverDeletesABooking() {
		races().deletionAgainstBooking();
	}

	/**
	 * A sequence of operations drawn by lot, against the simplest thing that could be
	 * right: a list.
	 */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void agreesWithAListOverAnySequenceOfOperations(long seed) {
		Random random = new Random(seed);
		EventId event = event(3);
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
				.isEqualTo(new Ledger(capacity, model.size(), model));
		}
	}

	@Test
	void sellsTheLastSeatOnce() {
		races().lastSeat();
	}

	@Test
	void countsNobodyTwice() {
		races().repeats();
	}

	@Test
	void tellsTheTruthWhileSeatsAreGivenBack() {
		races().bookAgainstCancel();
	}

	@Test
	void neverCallsAnEventWithAFreeSeatSoldOut() {
		races().sameUserBooksAndCancels();
	}

	@Test
	void neverSellsMoreThanTheCapacityOfTheMoment() {
		races().capacityChanges();
	}

}
