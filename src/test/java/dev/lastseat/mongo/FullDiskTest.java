package dev.lastseat.mongo;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.QuietOutput;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import dev.lastseat.embedded.TestEngine;
import dev.lastseat.mongo.segments.SegmentSize;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The embedded engine on a disk that becomes full.
 */
@ExtendWith(QuietOutput.class)
class FullDiskTest {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final EventDraft GALA = new EventDraft("Gala", null, Instant.EPOCH, null, 100);

	@TempDir
	private Path directory;

	@AfterEach
	void freeTheDisk() {
		TestEngine.fillDisk(false);
	}

	@Test
	void reportsUnavailableAndLogsTheReasonOnce(CapturedOutput output) {
		AtomicInteger number = new AtomicInteger();
		try (TestEngine engine = TestEngine.onDiskThatCanFill(this.directory);
				MongoClient client = MongoClients.create(engine.connectionString())) {
			MongoDatabase database = client.getDatabase("test");
			MongoEventRepository repository = Repositories.of(database, SegmentSize.DEFAULT);
			EventId event = repository.create(GALA, Instant.EPOCH).block(TIMEOUT).id();
			assertThat(new MongoPing(database).health().block(TIMEOUT).getStatus()).isEqualTo(Status.UP);

			TestEngine.fillDisk(true);

			Awaitility.await()
				.atMost(TIMEOUT)
				.until(() -> fault(repository.book(event,
						new UserId("user-" + number.incrementAndGet()))) instanceof StorageException);
			for (Mono<?> request : List.of(repository.book(event, new UserId("late")),
					repository.release(event, new UserId("user-1")), repository.find(event),
					repository.create(GALA, Instant.EPOCH), repository.delete(event))) {
				request.as(StepVerifier::create).verifyError(StorageException.Unavailable.class);
			}
			assertThat(new MongoPing(database).health().block(TIMEOUT).getStatus()).isEqualTo(Status.DOWN);
		}
		assertThat(Pattern.compile("cannot write its files in .*: No space left on device").matcher(output).results())
			.hasSize(1);
		assertThat(output).contains("restart Lastseat").doesNotContain("\tat ", "user-1");
	}

	@Test
	void keepsCommittedEventsForTheNextStart(CapturedOutput output) {
		EventId event;
		try (TestEngine engine = TestEngine.onDiskThatCanFill(this.directory);
				MongoClient client = MongoClients.create(engine.connectionString())) {
			event = Repositories.of(client.getDatabase("test"), SegmentSize.DEFAULT)
				.create(GALA, Instant.EPOCH)
				.block(TIMEOUT)
				.id();
		}
		try (TestEngine engine = TestEngine.onDiskThatCanFill(this.directory);
				MongoClient client = MongoClients.create(engine.connectionString())) {
			MongoEventRepository repository = Repositories.of(client.getDatabase("test"), SegmentSize.DEFAULT);
			TestEngine.fillDisk(true);
			Awaitility.await()
				.atMost(TIMEOUT)
				.until(() -> fault(repository.create(GALA, Instant.EPOCH)) instanceof StorageException);
			Awaitility.await().until(() -> output.toString().contains(" ERROR "));
			assertThat(output).containsOnlyOnce(" ERROR ").contains("cannot write its files in");
		}

		try (TestEngine engine = TestEngine.onDiskThatCanFill(this.directory);
				MongoClient client = MongoClients.create(engine.connectionString())) {
			assertThat(Repositories.of(client.getDatabase("test"), SegmentSize.DEFAULT)
				.find(event)
				.block(TIMEOUT)
				.capacity()).isEqualTo(100);
		}
	}

	private static Throwable fault(Mono<?> request) {
		return request.then(Mono.<Throwable>empty()).onErrorResume(Mono::just).block(TIMEOUT);
	}

}
