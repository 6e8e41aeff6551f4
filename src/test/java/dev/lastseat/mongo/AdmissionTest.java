package dev.lastseat.mongo;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventQuery;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.Requests;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import dev.lastseat.embedded.TestEngine;
import dev.lastseat.mongo.ReadConcerns.Topology;
import dev.lastseat.mongo.segments.SegmentSize;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static dev.lastseat.booking.Requests.bookings;
import static dev.lastseat.booking.Requests.cancellations;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The exact commands that decide bookings and cancellations, and the retries when the
 * event changes between the write and the read.
 */
class AdmissionTest {

	private static final UserId ADA = new UserId("ada");

	private static final Instant NOW = Instant.parse("2026-12-01T19:00:00Z");

	private static final UserId BOB = new UserId("bob");

	private static final UserId EVE = new UserId("eve");

	private final TestEngine engine = new TestEngine();

	private final RecordedCommands commands = new RecordedCommands();

	private MongoClient client;

	private MongoClient otherClient;

	private MongoEventRepository repository;

	/** The repository of another process. */
	private MongoEventRepository others;

	private EventId event;

	@BeforeEach
	void connect() {
		// The repository must override these options.
		ConnectionString uri = new ConnectionString(
				this.engine.connectionString() + "/?w=1&journal=false&readPreference=secondaryPreferred");
		this.client = MongoClients
			.create(MongoClientSettings.builder().applyConnectionString(uri).addCommandListener(this.commands).build());
		this.otherClient = MongoClients.create(this.engine.connectionString());
		this.repository = Repositories.of(MongoCollections.of(this.client.getDatabase("test"), ReadConcerns.LOCAL),
				SegmentSize.DEFAULT, Clock.fixed(NOW, ZoneOffset.UTC), SaleSettings.DEFAULT);
		this.others = Repositories.of(this.otherClient.getDatabase("test"), SegmentSize.DEFAULT);
		EventDraft draft = new EventDraft("Gala", null, Instant.EPOCH, null, 1);
		this.event = this.repository.create(draft, Instant.EPOCH).block().id();
		this.commands.clear();
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.otherClient.close();
		this.engine.close();
	}

	@Test
	void booksWithOneGuardedUpdate() {
		this.repository.book(this.event, ADA).block();

		assertThat(this.commands.names()).containsExactly("update");
		BsonDocument update = this.commands.update(0);
		assertThat(update.getDocument("q")).isEqualTo(BsonDocument.parse("""
				{ "_id": { "$oid": "%s" },
				  "segment": { "$in": [null, 0] },
				  "sealing": { "$ne": "ada" },
				  "registration_ids": { "$ne": "ada" },
				  "held": { "$in": [null, 0] },
				  "sales_open_at": { "$not": { "$gt": { "$date": "%2$s" } } },
				  "sales_close_at": { "$not": { "$lte": { "$date": "%2$s" } } },
				  "waiting.0": { "$exists": false },
				  "$expr": { "$lt": ["$tickets_sold", "$capacity"] } }""".formatted(this.event, NOW)));
		assertThat(update.getDocument("u")).isEqualTo(BsonDocument.parse("""
				{ "$inc": { "tickets_sold": 1, "revision": { "$numberLong": "1" } },
				  "$addToSet": { "registration_ids": "ada" },
				  "$push": { "journal": "%d booked ada" } }""".formatted(NOW.toEpochMilli())));
		assertThat(update.containsKey("upsert")).isFalse();
	}

	@Test
	void releasesWithOneGuardedUpdate() {
		this.repository.book(this.event, ADA).block();
		this.commands.clear();

		this.repository.release(this.event, ADA).block();

		assertThat(this.commands.names()).containsExactly("update");
		BsonDocument update = this.commands.update(0);
		assertThat(update.getDocument("q")).isEqualTo(BsonDocument.parse("""
				{ "_id": { "$oid": "%s" }, "registration_ids": "ada", "waiting.0": { "$exists": false } }"""
			.formatted(this.event)));
		assertThat(update.getDocument("u")).isEqualTo(BsonDocument.parse("""
				{ "$inc": { "tickets_sold": -1, "revision": { "$numberLong": "1" } },
				  "$pull": { "registration_ids": "ada" },
				  "$push": { "journal": "%d released ada" } }""".formatted(NOW.toEpochMilli())));
	}

	@Test
	void booksABatchWithOneGuardedUpdate() {
		EventId large = event(5);
		this.commands.clear();

		decide(large, bookings(ADA, BOB));

		assertThat(this.commands.names()).containsExactly("update");
		BsonDocument update = this.commands.update(0);
		assertThat(update.getDocument("q")).isEqualTo(BsonDocument.parse("""
				{ "_id": { "$oid": "%s" },
				  "segment": { "$in": [null, 0] },
				  "sealing": { "$nin": ["ada", "bob"] },
				  "registration_ids": { "$nin": ["ada", "bob"] },
				  "held": { "$in": [null, 0] },
				  "sales_open_at": { "$not": { "$gt": { "$date": "%2$s" } } },
				  "sales_close_at": { "$not": { "$lte": { "$date": "%2$s" } } },
				  "waiting.0": { "$exists": false },
				  "$expr": { "$lte": [{ "$add": ["$tickets_sold", 2] }, "$capacity"] } }""".formatted(large, NOW)));
		assertThat(update.getDocument("u")).isEqualTo(BsonDocument.parse("""
				{ "$inc": { "tickets_sold": 2, "revision": { "$numberLong": "1" } },
				  "$push": { "registration_ids": { "$each": ["ada", "bob"] },
				    "journal": { "$each": ["%1$d booked ada", "%1$d booked bob"] } } }"""
			.formatted(NOW.toEpochMilli())));
	}

	@Test
	void releasesABatchWithOneGuardedUpdate() {
		EventId large = event(5);
		decide(large, bookings(ADA, BOB, EVE));
		this.commands.clear();

		decide(large, cancellations(ADA, EVE));

		assertThat(this.commands.names()).containsExactly("update");
		BsonDocument update = this.commands.update(0);
		assertThat(update.getDocument("q")).isEqualTo(BsonDocument.parse("""
				{ "_id": { "$oid": "%s" },
				  "waiting.0": { "$exists": false },
				  "$expr": { "$eq": [{ "$size": { "$setDifference": [{ "$literal": ["ada", "eve"] },
				    { "$ifNull": ["$registration_ids", []] }] } }, 0] } }""".formatted(large)));
		assertThat(update.getDocument("u")).isEqualTo(BsonDocument.parse("""
				{ "$inc": { "tickets_sold": -2, "revision": { "$numberLong": "1" } },
				  "$pullAll": { "registration_ids": ["ada", "eve"] },
				  "$push": { "journal": { "$each": ["%1$d released ada", "%1$d released eve"] } } }"""
			.formatted(NOW.toEpochMilli())));
	}

	/** The embedded engine cannot change one array twice in one update. */
	@Test
	void writesOncePerKindOfRequestOnTheEmbeddedEngine() {
		EventId full = event(1);
		decide(full, bookings(ADA));
		this.commands.clear();

		assertThat(decide(full, List.of(new Request.Booking(BOB), new Request.Cancellation(ADA))))
			.containsExactlyInAnyOrder("bob BOOKED", "ada RELEASED");

		assertThat(this.commands.names()).containsExactly("update", "update");
	}

	/** The embedded engine rejects the update, because it does not support pipelines. */
	@Test
	void writesBothKindsOfRequestsWithOneUpdateOnAReplicaSet() {
		EventRepository replicated = Repositories.of(
				MongoCollections.of(this.client.getDatabase("test"), new ReadConcerns(() -> Topology.SEVERAL_MEMBERS)),
				SegmentSize.DEFAULT, Clock.fixed(NOW, ZoneOffset.UTC), SaleSettings.DEFAULT);
		EventId large = event(5);
		this.others.book(large, ADA).block();
		this.commands.clear();

		replicated
			.decide(large, List.of(new Request.Booking(BOB), new Request.Cancellation(ADA), new Request.Booking(EVE)))
			.as(StepVerifier::create)
			.verifyError();

		BsonDocument update = this.commands.update(0);
		assertThat(update.getDocument("q")).isEqualTo(BsonDocument.parse("""
				{ "_id": { "$oid": "%s" },
				  "segment": { "$in": [null, 0] },
				  "sealing": { "$nin": ["bob", "eve"] },
				  "registration_ids": { "$nin": ["bob", "eve"] },
				  "held": { "$in": [null, 0] },
				  "sales_open_at": { "$not": { "$gt": { "$date": "%2$s" } } },
				  "sales_close_at": { "$not": { "$lte": { "$date": "%2$s" } } },
				  "waiting.0": { "$exists": false },
				  "$expr": { "$and": [
				    { "$lt": ["$tickets_sold", "$capacity"] },
				    { "$eq": [{ "$size": { "$setDifference": [{ "$literal": ["ada"] },
				      { "$ifNull": ["$registration_ids", []] }] } }, 0] }] } }""".formatted(large, NOW)));
		assertThat(update.getArray("u")).containsExactly(BsonDocument.parse("""
				{ "$set": {
				  "tickets_sold": { "$add": [{ "$ifNull": ["$tickets_sold", 0] }, 1] },
				  "revision": { "$add": [{ "$ifNull": ["$revision", 0] }, { "$numberLong": "1" }] },
				  "registration_ids": { "$concatArrays": [
				    { "$filter": { "input": "$registration_ids",
				        "cond": { "$not": [{ "$in": ["$$this", { "$literal": ["ada"] }] }] } } },
				    { "$literal": ["bob", "eve"] }] },
				  "journal": { "$concatArrays": [{ "$ifNull": ["$journal", []] }, { "$literal": [
				    "%1$d released ada", "%1$d booked bob", "%1$d booked eve"] }] } } }"""
			.formatted(NOW.toEpochMilli())));
	}

	/** So cancellations of users without a seat do not delay bookings. */
	@Test
	void decidesCancellationsAndBookingsConcurrentlyAfterARefusedCancellation() {
		EventId large = event(5);
		this.repository.release(large, EVE).block();
		this.commands.clear();

		assertThat(decide(large,
				List.of(new Request.Cancellation(EVE), new Request.Booking(ADA), new Request.Booking(BOB),
						new Request.Cancellation(new UserId("joe")))))
			.containsExactlyInAnyOrder("ada BOOKED", "bob BOOKED", "eve NOT_REGISTERED", "joe NOT_REGISTERED");

		assertThat(this.commands.names()).containsExactlyInAnyOrder("update", "aggregate");
	}

	@Test
	void explainsTheRefusalsOfABatchWithOneRead() {
		this.others.book(this.event, ADA).block();

		assertThat(decide(this.event, bookings(ADA, BOB, EVE))).containsExactlyInAnyOrder("ada ALREADY_REGISTERED",
				"bob SOLD_OUT", "eve SOLD_OUT");

		assertThat(this.commands.names()).containsExactly("update", "aggregate");
		assertThat(this.commands.answer(1).toJson()).contains("ada").doesNotContain("bob");
	}

	@Test
	void refusesABatchAfterARefusalWithOneRead() {
		this.others.book(this.event, ADA).block();
		this.repository.book(this.event, BOB).block();
		this.commands.clear();

		assertThat(decide(this.event, bookings(BOB, EVE))).containsExactlyInAnyOrder("bob SOLD_OUT", "eve SOLD_OUT");

		assertThat(this.commands.names()).containsExactly("aggregate");
	}

	@Test
	void writesASingleRequestFirstEvenAfterARefusal() {
		this.others.book(this.event, ADA).block();
		this.repository.book(this.event, BOB).block();
		this.others.release(this.event, ADA).block();
		this.commands.clear();

		assertThat(decide(this.event, bookings(BOB))).containsExactly("bob BOOKED");

		assertThat(this.commands.names()).containsExactly("update");
	}

	/**
	 * The read sees one free seat for two users. Another seat is released before the
	 * booking of the first user.
	 */
	@Test
	void readsAgainBeforeItRefusesTheRestOfABatch() {
		EventId two = event(2);
		this.others.book(two, ADA).block();
		this.commands.clear();
		this.commands.before("update", () -> {
			if (updates() == 2) {
				this.others.release(two, ADA).block();
			}
		});

		assertThat(decide(two, bookings(BOB, EVE))).containsExactlyInAnyOrder("bob BOOKED", "eve BOOKED");
	}

	@Test
	void failsOnlyThoseRequestsOfABatchWhoseStateKeepsChanging() {
		EventId three = event(3);
		this.others.book(three, ADA).block();
		this.commands.clear();
		this.commands.before("update", () -> this.others.book(three, EVE).block());
		this.commands.before("aggregate", () -> this.others.release(three, EVE).block());
		List<String> decided = new ArrayList<>();

		this.repository.decide(three, bookings(ADA, BOB, EVE))
			.doOnNext((decision) -> decided.add(Requests.user(decision.request()) + " " + decision.outcome()))
			.as(StepVerifier::create)
			.thenConsumeWhile((decision) -> true)
			.verifyError(StorageException.Busy.class);

		assertThat(decided).containsExactly("ada ALREADY_REGISTERED", "bob BOOKED");
		assertThat(updates()).as("4 updates of several users, 1 of bob, and those of eve")
			.isEqualTo(5 + MongoEventRepository.MAX_ATTEMPTS);
	}

	@Test
	void writesWithMajorityAndJournalWhateverTheUriSays() {
		this.repository.book(this.event, ADA).block();

		assertThat(this.commands.sent(0).getDocument("writeConcern"))
			.isEqualTo(BsonDocument.parse("{ w: 'majority', j: true }"));
	}

	@Test
	void explainsARefusalWithOneReadOfTheCountersAndTheUser() {
		this.others.book(this.event, ADA).block();

		assertThat(this.repository.book(this.event, BOB).block()).isEqualTo(BookingOutcome.SOLD_OUT);

		assertThat(this.commands.names()).containsExactly("update", "aggregate");
		assertThat(this.commands.sent(1).getArray("pipeline").get(1)).isEqualTo(BsonDocument.parse("""
				{ "$project": { "_id": 0, "capacity": 1, "tickets_sold": 1, "held": 1, "segment": 1,
				  "sales_open_at": 1, "sales_close_at": 1, "hold_seconds": 1, "offer_seconds": 1, "holds.bob": 1,
				  "expired": { "$cond": [
				    { "$lte": [{ "$ifNull": ["$next_expiry", { "$date": "%2$s" }] }, { "$date": "%1$s" }] },
				    { "$slice": [{ "$filter": { "input": { "$objectToArray": { "$ifNull": ["$holds", {}] } },
				        "cond": { "$lte": ["$$this.v.until", { "$date": "%1$s" }] } } }, 2] }, []] },
				  "waiting_length": { "$size": { "$ifNull": ["$waiting", []] } },
				  "first_waiting": { "$cond": [{ "$or": [
				    { "$lte": [{ "$ifNull": ["$next_expiry", { "$date": "%2$s" }] }, { "$date": "%1$s" }] },
				    { "$lt": [{ "$add": ["$tickets_sold", { "$ifNull": ["$held", 0] }] }, "$capacity"] }] },
				    { "$slice": [{ "$ifNull": ["$waiting", []] }, 500] }, []] },
				  "registered": { "$cond": [
				    { "$in": [{ "$literal": "bob" },
				      { "$concatArrays": [{ "$ifNull": ["$sealing", []] }, "$registration_ids"] }] },
				    { "$literal": ["bob"] }, []] } } }""".formatted(NOW, NOW.plusMillis(1))));
		BsonDocument answer = this.commands.answer(1).getDocument("cursor").getArray("firstBatch").get(0).asDocument();
		assertThat(answer).isEqualTo(BsonDocument.parse("""
				{ capacity: 1, tickets_sold: 1, registered: [], expired: [], waiting_length: 0,
				  first_waiting: [] }"""));
	}

	@Test
	void readsFromThePrimaryWhateverTheUriSays() {
		this.repository.find(this.event).block();
		this.repository.isRegistered(this.event, ADA).block();

		assertThat(List.of(this.commands.sent(0), this.commands.sent(1)))
			.allSatisfy((command) -> assertThat(command.containsKey("$readPreference")).isFalse());
	}

	@Test
	void readsNoRegistrationsForAnEvent() {
		this.others.book(this.event, ADA).block();

		this.repository.find(this.event).block();
		this.repository.list(new EventQuery(null, null, null, null, 1)).block();

		assertThat(this.commands.names()).containsExactly("find", "find");
		assertThat(this.commands.answer(0).toJson()).contains("tickets_sold").doesNotContain("\"ada\"");
		assertThat(this.commands.answer(1).toJson()).contains("tickets_sold").doesNotContain("\"ada\"");
	}

	@Test
	void booksAgainWhenASeatIsReleasedBeforeTheRead() {
		this.others.book(this.event, ADA).block();
		this.commands.before("aggregate", () -> this.others.release(this.event, ADA).block());

		assertThat(this.repository.book(this.event, BOB).block()).isEqualTo(BookingOutcome.BOOKED);

		assertThat(this.commands.names()).containsExactly("update", "aggregate", "update");
		assertThat(this.others.ledger(this.event).block().registrations()).containsExactly(BOB);
	}

	@Test
	void doesNotBookAgainWhenAnotherUserBooksTheSeat() {
		this.others.book(this.event, ADA).block();
		this.commands.before("aggregate", () -> {
			this.others.release(this.event, ADA).block();
			this.others.book(this.event, new UserId("eve")).block();
		});

		assertThat(this.repository.book(this.event, BOB).block()).isEqualTo(BookingOutcome.SOLD_OUT);

		assertThat(this.commands.names()).containsExactly("update", "aggregate");
	}

	@Test
	void failsAReleaseAsBusyWhenTheStateKeepsChanging() {
		this.others.book(this.event, BOB).block();
		this.commands.before("update", () -> this.others.release(this.event, BOB).block());
		this.commands.before("aggregate", () -> this.others.book(this.event, BOB).block());

		this.repository.release(this.event, BOB).as(StepVerifier::create).verifyError(StorageException.Busy.class);

		assertThat(updates()).isEqualTo(MongoEventRepository.MAX_ATTEMPTS);
	}

	@Test
	void failsABookingAsBusyWhenTheStateKeepsChanging() {
		this.commands.before("update", () -> this.others.book(this.event, ADA).block());
		this.commands.before("aggregate", () -> this.others.release(this.event, ADA).block());

		this.repository.book(this.event, BOB).as(StepVerifier::create).verifyError(StorageException.Busy.class);

		assertThat(this.commands.names()).filteredOn("update"::equals).hasSize(MongoEventRepository.MAX_ATTEMPTS);
		assertThat(this.others.ledger(this.event).block().registrations()).isEmpty();
	}

	@Test
	void booksWhenTheStateIsStableAtTheLastAttempt() {
		this.commands.before("update", () -> {
			if (updates() < MongoEventRepository.MAX_ATTEMPTS) {
				this.others.book(this.event, ADA).block();
			}
		});
		this.commands.before("aggregate", () -> this.others.release(this.event, ADA).block());

		assertThat(this.repository.book(this.event, BOB).block()).isEqualTo(BookingOutcome.BOOKED);
	}

	@Test
	void releasesAgainWhenTheUserBooksBeforeTheRead() {
		this.commands.before("aggregate", () -> this.others.book(this.event, ADA).block());

		assertThat(this.repository.release(this.event, ADA).block()).isEqualTo(ReleaseOutcome.RELEASED);

		assertThat(this.commands.names()).containsExactly("update", "aggregate", "update");
		assertThat(this.others.ledger(this.event).block().registrations()).isEmpty();
	}

	private EventId event(int capacity) {
		return this.others.create(new EventDraft("Gala", null, Instant.EPOCH, null, capacity), Instant.EPOCH)
			.block()
			.id();
	}

	private List<String> decide(EventId event, List<Request> requests) {
		return decide(this.repository, event, requests);
	}

	private static List<String> decide(EventRepository repository, EventId event, List<Request> requests) {
		return repository.decide(event, requests)
			.map((decision) -> Requests.user(decision.request()) + " " + decision.outcome())
			.collectList()
			.block();
	}

	private long updates() {
		return this.commands.names().stream().filter("update"::equals).count();
	}

}
