package dev.lastseat.mongo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.lastseat.CapturedLog;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.StorageMonitor;
import dev.lastseat.booking.UserId;
import dev.lastseat.embedded.ScriptedEngine;
import dev.lastseat.mongo.segments.SegmentMaintenance;
import dev.lastseat.mongo.segments.SegmentSize;
import org.awaitility.Awaitility;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A database account without rights on the collection of sealed registrations, so that
 * event documents become too large.
 */
class LargeDocumentsTest {

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.mongo").allowing("WARN .*");

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final List<StorageMonitor.Task> failed = new CopyOnWriteArrayList<>();

	private final AtomicInteger oversized = new AtomicInteger();

	private final StorageMonitor monitor = new StorageMonitor() {
		@Override
		public void failed(Task task) {
			LargeDocumentsTest.this.failed.add(task);
		}

		@Override
		public void oversizedDocuments(int count) {
			LargeDocumentsTest.this.oversized.set(count);
		}
	};

	@Test
	void reportsLargeDocumentsAsDownUntilTheyAreSmallAgain() {
		try (ScriptedEngine engine = new ScriptedEngine();
				MongoClient client = MongoClients.create(engine.connectionString())) {
			engine.answer("insert", (insert) -> insert.get("insert").equals("registrations") ? BsonDocument.parse("""
					{ ok: 0, code: 13, codeName: 'Unauthorized', errmsg: 'not authorized: { u: \"user-0\" }' }""")
					: null);
			MongoCollections collections = TestStorage.collections(client.getDatabase("test"), client);
			SegmentMaintenance maintenance = new SegmentMaintenance(collections, new SegmentSize(2), this.monitor);
			EventDocumentsHealth health = new EventDocumentsHealth(maintenance.largeDocuments());
			MongoEventRepository repository = new MongoEventRepository(collections, maintenance, this.monitor,
					Clock.systemUTC(), SaleSettings.DEFAULT);
			EventId event = repository.create(new EventDraft("Gala", null, Instant.EPOCH, null, 100), Instant.EPOCH)
				.block(TIMEOUT)
				.id();

			book(repository, event, 0, 20);
			Awaitility.await().atMost(TIMEOUT).until(() -> this.failed.contains(StorageMonitor.Task.MAINTENANCE));
			maintenance.sweep().block(TIMEOUT);
			assertThat(health.health().block(TIMEOUT).getStatus()).as("at the limit").isEqualTo(Status.UP);

			book(repository, event, 20, 21);
			maintenance.sweep().block(TIMEOUT);
			assertThat(health.health().block(TIMEOUT).getStatus()).as("above the limit").isEqualTo(Status.DOWN);
			assertThat(this.oversized).hasValue(1);
			assertThat(this.failed).contains(StorageMonitor.Task.SWEEP);

			engine.reset();
			maintenance.sweep().block(TIMEOUT);
			assertThat(health.health().block(TIMEOUT).getStatus()).as("with the rights").isEqualTo(Status.UP);
			assertThat(this.oversized).hasValue(0);
		}
		assertThat(this.log.lines())
			.anyMatch((line) -> line.contains("MAINTENANCE failed") && line.contains("code 13 (Unauthorized)"))
			.anyMatch((line) -> line.contains("contains more than 20 registrations"))
			.noneMatch((line) -> line.contains("user-0"));
	}

	private static void book(MongoEventRepository repository, EventId event, int from, int to) {
		for (int number = from; number < to; number++) {
			assertThat(repository.book(event, new UserId("user-" + number)).block(TIMEOUT))
				.isEqualTo(BookingOutcome.BOOKED);
		}
	}

}
