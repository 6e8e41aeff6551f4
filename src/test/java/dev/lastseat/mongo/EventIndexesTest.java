package dev.lastseat.mongo;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.CapturedLog;
import dev.lastseat.booking.StorageMonitor;
import dev.lastseat.embedded.ScriptedEngine;
import org.awaitility.Awaitility;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each test has its own engine, because a command may arrive after the test that stopped
 * its indexes.
 */
class EventIndexesTest {

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.mongo").allowing("WARN .*");

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final ScriptedEngine engine = new ScriptedEngine();

	private final MongoClient client = MongoClients.create(MongoClientSettings.builder()
		.applyConnectionString(new ConnectionString(this.engine.connectionString()))
		.timeout(5, TimeUnit.SECONDS)
		.build());

	private final MongoDatabase database = this.client.getDatabase("test");

	private final AtomicInteger missing = new AtomicInteger(-1);

	private final List<StorageMonitor.Task> failed = new CopyOnWriteArrayList<>();

	private final StorageMonitor monitor = new StorageMonitor() {
		@Override
		public void missingIndexes(int count) {
			EventIndexesTest.this.missing.set(count);
		}

		@Override
		public void failed(Task task) {
			EventIndexesTest.this.failed.add(task);
		}
	};

	@AfterEach
	void close() {
		this.client.close();
		this.engine.close();
	}

	private EventIndexes indexes(Duration interval) {
		return new EventIndexes(this.database.getCollection("events"), this.database.getCollection("registrations"),
				this.database.getCollection("journal"), this.monitor, interval);
	}

	private List<String> names() {
		return Flux.from(this.database.getCollection("events").listIndexes())
			.map((index) -> index.getString("name"))
			.collectList()
			.block(TIMEOUT);
	}

	@Test
	void createsIndexesWithoutATimeLimit() {
		assertThat(indexes(TIMEOUT).ensure().block(TIMEOUT)).isZero();

		assertThat(this.engine.received("createIndexes")).hasSize(11)
			.allSatisfy((command) -> assertThat(List.copyOf(command.keySet())).doesNotContain("maxTimeMS"));
	}

	@Test
	void createsIndexesAgainAfterTheCollectionIsDropped() {
		EventIndexes indexes = indexes(Duration.ofMillis(50));
		indexes.start();
		try {
			Awaitility.await().atMost(TIMEOUT).until(() -> names().contains("events_reg_ids"));

			Mono.from(this.database.getCollection("events").drop()).block(TIMEOUT);

			Awaitility.await()
				.atMost(TIMEOUT)
				.until(() -> names().containsAll(List.of("events_starts_at", "events_reg_ids", "events_sealing",
						"events_released", "events_journal_moving", "events_deleted", "events_next_expiry")));
		}
		finally {
			indexes.stop();
		}
	}

	@Test
	void reportsMissingIndexesAndCreatesTheOthers() {
		this.engine.answer("createIndexes",
				(command) -> command.get("createIndexes").equals("events") ? BsonDocument.parse("""
						{ ok: 0, code: 13, codeName: 'Unauthorized', errmsg: 'not authorized: { user: \"ada\" }' }""")
						: null);

		assertThat(indexes(TIMEOUT).ensure().block(TIMEOUT)).isEqualTo(7);

		assertThat(this.missing).hasValue(7);
		assertThat(this.failed).hasSize(7).containsOnly(StorageMonitor.Task.INDEXES);
		assertThat(this.engine.received("createIndexes")).hasSize(11);
		assertThat(this.log.lines()).filteredOn((line) -> line.contains("INDEXES failed"))
			.hasSize(1)
			.allMatch((line) -> line.contains("code 13 (Unauthorized)") && !line.contains("ada"));

		this.engine.reset();
		indexes(TIMEOUT).ensure().block(TIMEOUT);
		assertThat(this.missing).hasValue(0);
	}

}
