package dev.lastseat.mongo;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.CapacityOutcome;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.InvalidInputException;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.UserId;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every storage engine must do. A subclass names a server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RepositoryContract {

	private static final Instant NOW = Instant.parse("2026-06-01T12:00:00.123456789Z");

	private static final UserId ADA = new UserId("ada");

	private static final UserId BOB = new UserId("bob");

	private MongoClient client;

	private MongoDatabase database;

	private MongoEventRepository repository;

	private StoredEvents stored;

	/**
	 * @return where the engine listens
	 */
	abstract String connectionString();

	/**
	 * Ends the server, where the test has started it.
	 */
	void stopServer() {
	}

	@BeforeAll
	void connect() {
		this.client = MongoClients.create(connectionString());
		this.database = this.client.getDatabase("contract_" + Long.toHexString(System.nanoTime()));
		new EventIndexes(this.database).ensure().block();
		this.repository = new MongoEventRepository(this.database);
		this.stored = new StoredEvents(this.database);
	}

	@AfterAll
	void drop() {
		if (this.client != null) {
			Mono.from(this.database.drop()).block();
			this.client.close();
		}
		stopServer();
	}

	MongoDatabase database() {
		return this.database;
	}

	private Races races() {
		return new Races(this.repository, this.stored);
	}

	private EventId event(int capacity) {
		return create("An event", "2027-01-01T00:00:00Z", capacity).id();
	}

	private Event create(String title, String startsAt, int capacity) {
		EventDraft draft = new EventDraft(title, null, Instant.parse(startsAt), null, capacity);
		return this.repository.create(draft, NOW).block();
	}

	private void book(EventId event, UserId... users) {
		for (UserId user : users) {
			assertThat(this.repository.book(event, user).block()).isEqualTo(BookingOutcome.BOOKED);
		}
	}

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

	@Test
	void listsByStartEarliestFirst() {
		EventId late = create("late", "0002-01-03T00:00:00Z", 1).id();
		EventId early = create("early", "0002-01-01T00:00:00Z", 1).id();
		EventId middle = create("middle", "0002-01-02T00:00:00Z", 1).id();

		this.repository.list(3)
			.map(Event::id)
			.as(StepVerifier::create)
			.expectNext(early, middle, late)
			.verifyComplete();
	}

	@Test
	void listsNoMoreThanTheLimit() {
		IntStream.range(0, 3).forEach((number) -> event(1));

		assertThat(this.repository.list(2).collectList().block()).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ffffffffffffffffffffffff", "nope", "", "$oid", "ffffffffffffffffffffffffff" })
	void knowsNothingOfAnUnknownEvent(String id) {
		EventId event = new EventId(id);

		this.repository.find(event).as(StepVerifier::create).verifyComplete();
		this.repository.ledger(event).as(StepVerifier::create).verifyComplete();
		this.repository.isRegistered(event, ADA).as(StepVerifier::create).verifyComplete();
		assertThat(this.repository.book(event, ADA).block()).isEqualTo(BookingOutcome.EVENT_NOT_FOUND);
		assertThat(this.repository.release(event, ADA).block()).isEqualTo(ReleaseOutcome.EVENT_NOT_FOUND);
		assertThat(this.repository.changeCapacity(event, 5).block()).isEqualTo(CapacityOutcome.EVENT_NOT_FOUND);
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

		assertThat(this.repository.changeCapacity(event, 2).block()).isEqualTo(CapacityOutcome.CHANGED);

		assertThat(this.stored.read(event)).containsEntry("capacity", 2).containsEntry("revision", 3L);
	}

	@Test
	void doesNotGoBelowTheSeatsTaken() {
		EventId event = event(3);
		book(event, ADA, BOB);

		assertThat(this.repository.changeCapacity(event, 1).block()).isEqualTo(CapacityOutcome.BELOW_SOLD);

		assertThat(this.stored.read(event)).containsEntry("capacity", 3).containsEntry("revision", 2L);
	}

	@Test
	void opensASoldOutEvent() {
		EventId event = event(1);
		book(event, ADA);

		this.repository.changeCapacity(event, 2).block();

		book(event, BOB);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, 10_000_001 })
	void refusesACapacityOutOfBounds(int capacity) {
		EventId event = event(3);

		this.repository.changeCapacity(event, capacity)
			.as(StepVerifier::create)
			.verifyError(InvalidInputException.class);

		assertThat(this.stored.read(event)).containsEntry("capacity", 3);
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
