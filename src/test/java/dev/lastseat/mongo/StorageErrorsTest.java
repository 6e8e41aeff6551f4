package dev.lastseat.mongo;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.mongodb.ConnectionString;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConfigurationException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoInternalException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.MongoSocketWriteException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteConcernResult;
import com.mongodb.WriteError;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.bulk.WriteConcernError;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.lastseat.TestRun;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import dev.lastseat.embedded.TestEngine;
import dev.lastseat.mongo.segments.SegmentSize;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;

import static org.assertj.core.api.Assertions.assertThat;

class StorageErrorsTest {

	private static final ServerAddress SERVER = new ServerAddress("127.0.0.1");

	private static final BsonDocument ANSWER = BsonDocument.parse("{ ok: 0, code: 13, errmsg: 'not authorized' }");

	static Stream<Throwable> beforeSending() {
		return Stream.of(new MongoTimeoutException("no server, or no connection, in time"),
				new MongoOperationTimeoutException("Timed out while waiting for a server that matches Writable"),
				new MongoOperationTimeoutException(
						"Timed out after 500 ms while waiting for a connection to server 127.0.0.1:1."),
				new MongoSocketOpenException("refused", SERVER, new RuntimeException()),
				new MongoConnectionPoolClearedException(
						new com.mongodb.connection.ServerId(new com.mongodb.connection.ClusterId(), SERVER), null),
				new MongoSecurityException(MongoCredential.createPlainCredential("lastseat", "admin", new char[0]),
						"a member that is starting"),
				new MongoConfigurationException("the name service does not answer"),
				new MongoWriteException(new WriteError(112, "WriteConflict", new BsonDocument()), SERVER, Set.of()),
				several(List.of(duplicate(), new BulkWriteError(112, "WriteConflict", new BsonDocument(), 1)), null));
	}

	static Stream<Throwable> afterSending() {
		return Stream.of(new MongoSocketReadException("reset", SERVER),
				new MongoSocketReadTimeoutException("late", SERVER, null),
				new MongoSocketWriteException("broken", SERVER, new RuntimeException()),
				new MongoInternalException("closed", new RuntimeException()),
				new MongoOperationTimeoutException("late"),
				new MongoOperationTimeoutException("Retry attempt exceeded the timeout limit."),
				new MongoExecutionTimeoutException(50, "late", ANSWER), new MongoNotPrimaryException(ANSWER, SERVER),
				new MongoNodeIsRecoveringException(ANSWER, SERVER),
				new MongoWriteConcernException(new WriteConcernError(64, "WriteConcernFailed", "late", ANSWER),
						WriteConcernResult.unacknowledged(), SERVER, Set.of()),
				labelled(new MongoCommandException(ANSWER, SERVER)),
				new MongoInterruptedException("the process ends", new InterruptedException()),
				new MongoWriteException(new WriteError(11601, "Interrupted", new BsonDocument()), SERVER, Set.of()),
				several(List.of(duplicate()),
						new com.mongodb.bulk.WriteConcernError(64, "WriteConcernTimeout", "late", new BsonDocument())));
	}

	private static BulkWriteError duplicate() {
		return new BulkWriteError(11000, "DuplicateKey", new BsonDocument(), 0);
	}

	private static MongoBulkWriteException several(List<BulkWriteError> errors,
			com.mongodb.bulk.@Nullable WriteConcernError unconfirmed) {
		return new MongoBulkWriteException(BulkWriteResult.unacknowledged(), errors, unconfirmed, SERVER, Set.of());
	}

	private static Throwable labelled(MongoCommandException error) {
		error.addLabel("RetryableWriteError");
		return error;
	}

	@ParameterizedTest
	@MethodSource("beforeSending")
	void reportsThatACommandThatWasNotSentChangedNothing(Throwable error) {
		expectFault(StorageErrors.ofWrite(error), StorageException.Unavailable.class, error);
		expectFault(StorageErrors.ofRead(error), StorageException.Unavailable.class, error);
	}

	@ParameterizedTest
	@MethodSource("afterSending")
	void reportsAnUnansweredWriteAsUnknown(Throwable error) {
		expectFault(StorageErrors.ofWrite(error), StorageException.OutcomeUnknown.class, error);
		expectFault(StorageErrors.ofRead(error), StorageException.Unavailable.class, error);
	}

	/** The cause is the error, or a copy without the message of the server. */
	private static void expectFault(Throwable fault, Class<?> type, Throwable error) {
		assertThat(fault).isInstanceOf(type);
		assertThat(fault.getCause()).satisfiesAnyOf((cause) -> assertThat(cause).isSameAs(error),
				(cause) -> assertThat(cause).isInstanceOf(ServerError.class)
					.hasMessageContaining(error.getClass().getSimpleName())
					.hasStackTraceContaining("StorageErrorsTest"));
	}

	@Test
	void reportsARejectedCommandAsAFaultOfTheServiceWithoutItsMessage() {
		BsonDocument answer = BsonDocument.parse("{ok: 0, code: 13, codeName: 'Unauthorized', "
				+ "errmsg: 'not authorized to execute command { update: \"events\", u: { $addToSet: \"ada\" } }'}");
		MongoCommandException refused = new MongoCommandException(answer, SERVER);

		for (Throwable fault : List.of(StorageErrors.ofWrite(refused), StorageErrors.ofRead(refused))) {
			assertThat(fault).isNotInstanceOf(StorageException.class)
				.hasMessage("MongoCommandException, code 13 (Unauthorized)")
				.hasNoCause();
			assertThat(fault.toString()).doesNotContain("ada");
		}
	}

	/**
	 * With and without a timeout of the whole operation. The driver reports the two with
	 * different exceptions.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void reportsAStoppedServerAsUnavailable(boolean operationTimeout) {
		TestEngine engine = new TestEngine();
		MongoClientSettings.Builder settings = MongoClientSettings.builder()
			.applyConnectionString(new ConnectionString(engine.connectionString()))
			.applyToClusterSettings((cluster) -> cluster.serverSelectionTimeout(200, TimeUnit.MILLISECONDS));
		if (operationTimeout) {
			settings.timeout(TestRun.TIMEOUT.toSeconds(), TimeUnit.SECONDS);
		}
		try (MongoClient client = MongoClients.create(settings.build())) {
			MongoEventRepository repository = Repositories.of(client.getDatabase("test"), SegmentSize.DEFAULT);
			// On a busy machine connecting may take longer than 200 ms.
			EventId event = repository.create(new EventDraft("Gala", null, Instant.EPOCH, null, 1), Instant.EPOCH)
				.retryWhen(Retry.indefinitely().filter(StorageException.Unavailable.class::isInstance))
				.block()
				.id();
			engine.close();
			// The first command after the stop may have been sent already. Later commands
			// find no server.
			repository.find(event).onErrorComplete().block();

			repository.book(event, new UserId("ada"))
				.as(StepVerifier::create)
				.expectError(StorageException.Unavailable.class)
				.verify();
			repository.find(event).as(StepVerifier::create).verifyError(StorageException.Unavailable.class);
		}
	}

}
