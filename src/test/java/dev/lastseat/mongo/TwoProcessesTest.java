package dev.lastseat.mongo;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.UserId;
import dev.lastseat.embedded.TestEngine;
import dev.lastseat.mongo.segments.SegmentSize;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Two processes on an engine. The commands of the first one are recorded.
 */
abstract class TwoProcessesTest {

	static final Instant NOW = Instant.parse("2026-12-01T19:00:00Z");

	static final UserId ADA = new UserId("ada");

	static final UserId BOB = new UserId("bob");

	static final UserId EVE = new UserId("eve");

	private final TestEngine engine = new TestEngine();

	final RecordedCommands commands = new RecordedCommands();

	MongoClient client;

	MongoClient otherClient;

	EventRepository repository;

	/** The repository of the other process. */
	EventRepository others;

	@BeforeEach
	void connect() {
		this.client = MongoClients.create(MongoClientSettings.builder()
			.applyConnectionString(new ConnectionString(this.engine.connectionString()))
			.addCommandListener(this.commands)
			.build());
		this.otherClient = MongoClients.create(this.engine.connectionString());
		this.repository = repository(this.client, ReadConcerns.LOCAL, NOW);
		this.others = repository(this.otherClient, ReadConcerns.LOCAL, NOW);
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.otherClient.close();
		this.engine.close();
	}

	static EventRepository repository(MongoClient client, ReadConcerns concerns, Instant now) {
		return Repositories.of(MongoCollections.of(client.getDatabase("test"), concerns), SegmentSize.DEFAULT,
				Clock.fixed(now, ZoneOffset.UTC), SaleSettings.DEFAULT);
	}

	static Map<Request, Outcome> decide(EventRepository repository, EventId event, Request... requests) {
		return repository.decide(event, List.of(requests))
			.collect(Collectors.toMap(Decision::request, Decision::outcome))
			.block();
	}

}
