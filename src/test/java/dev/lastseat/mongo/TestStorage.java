package dev.lastseat.mongo;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ServerAddress;
import com.mongodb.connection.ClusterConnectionMode;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.TcpProxy;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeFeed;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.StorageMonitor;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.segments.SegmentSize;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A database of its own on an engine, with the indexes of the service and a repository.
 * The database is dropped in the end.
 */
public final class TestStorage implements AutoCloseable {

	/** MongoDB stores milliseconds, so the microseconds and nanoseconds are lost. */
	public static final Instant NOW = Instant.parse("2026-06-01T12:00:00.123456789Z");

	private final String connectionString;

	private final SegmentSize segmentSize;

	/** On a change stream a {@code getMore} waits for changes. */
	private final CommandsInFlight commands = new CommandsInFlight("getMore");

	private final MongoClient client;

	private final MongoDatabase database;

	private final MongoCollections collections;

	private final EventRepository repository;

	private final StoredEvents stored;

	TestStorage(RunningEngine engine, SegmentSize segmentSize) {
		this.connectionString = engine.connectionString();
		this.segmentSize = segmentSize;
		this.client = MongoClients.create(settings().addCommandListener(this.commands).build());
		this.database = this.client.getDatabase("contract_" + Long.toHexString(System.nanoTime()));
		this.collections = collections(this.client);
		assertThat(new EventIndexes(this.database, StorageMonitor.NONE).ensure().block()).as("missing indexes")
			.isZero();
		this.repository = newRepository();
		this.stored = new StoredEvents(this.database);
	}

	/**
	 * Waits for maintenance in the background, which ends when its event is gone.
	 */
	@Override
	public void close() {
		Mono.from(this.database.drop()).block();
		this.commands.awaitNone();
		this.client.close();
	}

	/** The settings with which the service connects, for this engine. */
	public MongoClientSettings.Builder settings() {
		return MongoClientSettings.builder(new MongoConfiguration().mongoClientSettings())
			.applyConnectionString(new ConnectionString(this.connectionString));
	}

	/**
	 * A client that is connected through a proxy, and notices within 500 ms that it is
	 * cut.
	 */
	MongoClient clientThrough(TcpProxy proxy) {
		return MongoClients.create(settings().timeout(60, TimeUnit.SECONDS)
			.applyToClusterSettings((cluster) -> cluster.mode(ClusterConnectionMode.SINGLE)
				.hosts(List.of(new ServerAddress("127.0.0.1", proxy.port())))
				.serverSelectionTimeout(500, TimeUnit.MILLISECONDS))
			.build());
	}

	/** The address of the server, or of the first of its members. */
	ServerAddress address() {
		return new ServerAddress(new ConnectionString(this.connectionString).getHosts().get(0));
	}

	public MongoClient client() {
		return this.client;
	}

	public MongoDatabase database() {
		return this.database;
	}

	/** The database through another client. */
	public MongoDatabase database(MongoClient client) {
		return client.getDatabase(this.database.getName());
	}

	public MongoCollections collections() {
		return this.collections;
	}

	/** The collections through another client. */
	public MongoCollections collections(MongoClient client) {
		return collections(database(client), client);
	}

	public static MongoCollections collections(MongoDatabase database, MongoClient client) {
		return MongoCollections.of(database, ReadConcerns.of(client));
	}

	public EventRepository repository() {
		return this.repository;
	}

	/**
	 * The repository of another process on the same database. The two share no memory.
	 */
	public EventRepository newRepository() {
		return Repositories.of(this.collections, this.segmentSize);
	}

	/** The repository of another process, with this clock and limit. */
	EventRepository newRepository(Clock clock, SaleSettings limit) {
		return Repositories.of(this.collections, this.segmentSize, clock, limit);
	}

	public ChangeFeed feed() {
		return feed(this.client);
	}

	/** A change feed through another client. */
	ChangeFeed feed(MongoClient client) {
		return new MongoChangeFeed(database(client), collections(client));
	}

	public StoredEvents stored() {
		return this.stored;
	}

	Races races() {
		return new Races(this.repository, this.stored);
	}

	public EventId event(int capacity) {
		return create("An event", "2027-01-01T00:00:00Z", capacity).id();
	}

	Event create(String title, String startsAt, int capacity) {
		EventDraft draft = new EventDraft(title, null, Instant.parse(startsAt), null, capacity);
		return this.repository.create(draft, NOW).block();
	}

	/** Books a seat for each of the users. Every booking must succeed. */
	public void book(EventId event, UserId... users) {
		for (UserId user : users) {
			assertThat(this.repository.book(event, user).block()).isEqualTo(BookingOutcome.BOOKED);
		}
	}

}
