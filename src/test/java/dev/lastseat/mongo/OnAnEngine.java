package dev.lastseat.mongo;

import java.time.Instant;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.StorageMonitor;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.segments.SegmentSize;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A repository in a database of its own, on a server that a subclass names.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnAnEngine {

	static final Instant NOW = Instant.parse("2026-06-01T12:00:00.123456789Z");

	static final UserId ADA = new UserId("ada");

	static final UserId BOB = new UserId("bob");

	MongoClient client;

	MongoDatabase database;

	MongoCollections collections;

	MongoEventRepository repository;

	StoredEvents stored;

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
		this.client = MongoClients.create(settings(connectionString()).build());
		this.database = this.client.getDatabase("contract_" + Long.toHexString(System.nanoTime()));
		this.collections = collections(this.database, this.client);
		assertThat(new EventIndexes(this.database, StorageMonitor.NONE).ensure().block()).as("indexes missing")
			.isZero();
		this.repository = repository();
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

	/**
	 * The settings that the service starts from, for another server.
	 */
	MongoClientSettings.Builder settings(String connectionString) {
		return MongoClientSettings.builder(new MongoConfiguration().mongoClientSettings())
			.applyConnectionString(new ConnectionString(connectionString));
	}

	static MongoCollections collections(MongoDatabase database, MongoClient client) {
		return MongoCollections.of(database, ReadConcerns.of(client));
	}

	MongoChangeFeed feed(MongoClient client) {
		MongoDatabase database = client.getDatabase(this.database.getName());
		return new MongoChangeFeed(database, collections(database, client));
	}

	MongoDatabase database() {
		return this.database;
	}

	/**
	 * Another process, on the same database.
	 */
	MongoEventRepository repository() {
		return Repositories.of(this.collections, segmentSize());
	}

	SegmentSize segmentSize() {
		return SegmentSize.DEFAULT;
	}

	Races races() {
		return new Races(this.repository, this.stored);
	}

	EventId event(int capacity) {
		return create("An event", "2027-01-01T00:00:00Z", capacity).id();
	}

	Event create(String title, String startsAt, int capacity) {
		EventDraft draft = new EventDraft(title, null, Instant.parse(startsAt), null, capacity);
		return this.repository.create(draft, NOW).block();
	}

	void book(EventId event, UserId... users) {
		for (UserId user : users) {
			assertThat(this.repository.book(event, user).block()).isEqualTo(BookingOutcome.BOOKED);
		}
	}

}
