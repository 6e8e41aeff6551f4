package dev.lastseat.mongo;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.CapturedLog;
import dev.lastseat.booking.ChangeHint;
import dev.lastseat.embedded.ScriptedEngine;
import org.awaitility.Awaitility;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that opens a change stream, and never answers the {@code getMore} commands
 * that request its changes.
 */
class SilentChangeStreamTest {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	/**
	 * When a {@code getMore} of a cancelled stream fails at last, the driver may try to
	 * open the stream again with the session that it has released.
	 */
	@RegisterExtension
	final CapturedLog driver = CapturedLog.of("org.mongodb.driver.operation")
		.allowing("ERROR Callback onResult call produced an error.*");

	private final ScriptedEngine engine = new ScriptedEngine();

	private final CommandsInFlight commands = new CommandsInFlight();

	private final MongoClient client = MongoClients.create(MongoClientSettings.builder()
		.applyConnectionString(new ConnectionString(this.engine.connectionString()))
		.addCommandListener(this.commands)
		.build());

	private final MongoDatabase database = this.client.getDatabase("test");

	private final CountDownLatch end = new CountDownLatch(1);

	private final List<ChangeHint> hints = new CopyOnWriteArrayList<>();

	@BeforeEach
	void neverAnswerGetMore() {
		this.engine.answer("ping",
				(ping) -> BsonDocument.parse("{ ok: 1, operationTime: { $timestamp: { t: 1, i: 1 } } }"));
		this.engine.answer("aggregate", (aggregate) -> BsonDocument.parse("""
				{ ok: 1, operationTime: { $timestamp: { t: 1, i: 1 } }, cursor: { id: { $numberLong: '7' },
				  ns: 'test.events', firstBatch: [], postBatchResumeToken: { _data: '82' } } }"""));
		this.engine.answer("getMore", (getMore) -> {
			try {
				this.end.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return null;
		});
	}

	@AfterEach
	void close() {
		this.end.countDown();
		this.commands.awaitNone();
		this.client.close();
		this.engine.close();
	}

	@Test
	void reopensAStreamThatDoesNotAnswer() {
		Mono<BsonTimestamp> now = Mono.just(new BsonTimestamp(1, 1));
		Disposable following = new EventChangeStream(this.database.getCollection("events"), now, Duration.ofMillis(300))
			.changes(null)
			.subscribe(this.hints::add);

		Awaitility.await()
			.atMost(TIMEOUT)
			.untilAsserted(() -> assertThat(this.engine.received("aggregate")).hasSizeGreaterThanOrEqualTo(3));
		assertThat(this.engine.received("getMore")).isNotEmpty();
		assertThat(this.hints).hasSizeGreaterThanOrEqualTo(3).containsOnly(new ChangeHint.OfAnyEvent());
		following.dispose();
	}

	@Test
	void pollsWhileTheStreamDoesNotAnswer() {
		Disposable following = new MongoChangeFeed(this.database, TestStorage.collections(this.database, this.client))
			.changes()
			.subscribe(this.hints::add);

		Awaitility.await().atMost(TIMEOUT).until(() -> this.hints.size() >= 4);
		assertThat(this.engine.received("aggregate")).as("opened streams").hasSizeLessThan(this.hints.size());
		following.dispose();
	}

}
