package dev.lastseat.mongo;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventQuery;
import dev.lastseat.booking.Requests;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import dev.lastseat.embedded.ScriptedEngine;
import dev.lastseat.mongo.segments.SegmentSize;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Commands that the server answers with the code of a transient fault.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransientErrorsTest {

	private static final List<Integer> NOTHING_CHANGED = List.of(24, 46, 107, 112, 123, 261, 365, 371, 433, 449, 450,
			462, 14031);

	private static final List<Integer> MAY_HAVE_CHANGED = List.of(6, 7, 43, 50, 89, 91, 133, 134, 149, 150, 175, 187,
			189, 202, 211, 237, 239, 246, 249, 262, 272, 279, 303, 314, 355, 402, 406, 407, 412, 453, 9001, 10107,
			11600, 11601, 11602, 13388, 13435, 13436, 46841, 50915, 91331, 10045600);

	private static final List<Integer> RETRIED = List.of(112, 365);

	private static final UserId ADA = new UserId("ada");

	private final ScriptedEngine engine = new ScriptedEngine();

	private MongoClient client;

	private MongoEventRepository repository;

	private EventId event;

	@BeforeAll
	void connect() {
		// After some of the codes the driver checks the server again, at most every 500
		// ms by default.
		this.client = MongoClients.create(MongoClientSettings.builder()
			.applyConnectionString(new ConnectionString(this.engine.connectionString()))
			.applyToServerSettings((server) -> server.minHeartbeatFrequency(1, TimeUnit.MILLISECONDS))
			.build());
		this.repository = Repositories.of(this.client.getDatabase("test"), SegmentSize.DEFAULT);
	}

	@AfterAll
	void close() {
		this.client.close();
		this.engine.close();
	}

	@BeforeEach
	void createAnEvent() {
		this.engine.reset();
		this.event = this.repository
			.create(new EventDraft("Gala", null, Instant.parse("2027-01-01T00:00:00Z"), null, 5), Instant.EPOCH)
			.block()
			.id();
		this.engine.reset();
	}

	/** The form in which a server reports a failed write. */
	private enum Form {

		COMMAND("{ ok: 0, code: %d, errmsg: 'as scripted' }"),

		WRITE_ERROR("{ ok: 1, n: 0, nModified: 0, writeErrors: [ { index: 0, code: %d, errmsg: 'as scripted' } ] }"),

		WRITE_CONCERN_ERROR(
				"{ ok: 1, n: 1, nModified: 1, writeConcernError: { code: %d, errmsg: 'as scripted', errInfo: {} } }");

		private final String answer;

		Form(String answer) {
			this.answer = answer;
		}

		BsonDocument with(int code) {
			return BsonDocument.parse(this.answer.formatted(code));
		}

	}

	record Case(Form form, int code) {
	}

	static Stream<Case> failuresThatChangedNothing() {
		return NOTHING_CHANGED.stream()
			.flatMap((code) -> Stream.of(new Case(Form.COMMAND, code), new Case(Form.WRITE_ERROR, code)));
	}

	static Stream<Case> failuresThatMayHaveChangedTheEvent() {
		return Stream.concat(
				MAY_HAVE_CHANGED.stream()
					.flatMap((code) -> Stream.of(new Case(Form.COMMAND, code), new Case(Form.WRITE_ERROR, code))),
				Stream.of(64, 79, 91, 100, 112, 11600, 11602, 189)
					.map((code) -> new Case(Form.WRITE_CONCERN_ERROR, code)));
	}

	static Stream<Integer> allCodes() {
		return Stream.concat(NOTHING_CHANGED.stream(), MAY_HAVE_CHANGED.stream());
	}

	@ParameterizedTest
	@MethodSource("failuresThatChangedNothing")
	void reportsThatNothingWasChanged(Case failure) {
		this.engine.answer("update", (update) -> failure.form().with(failure.code()));

		this.repository.book(this.event, ADA).as(StepVerifier::create).verifyError(StorageException.Unavailable.class);

		assertThat(this.engine.received("update")).hasSize(RETRIED.contains(failure.code()) ? 2 : 1);
	}

	@ParameterizedTest
	@MethodSource("failuresThatMayHaveChangedTheEvent")
	void reportsAnUnknownOutcomeAndDoesNotRetry(Case failure) {
		this.engine.answer("update", (update) -> failure.form().with(failure.code()));

		this.repository.book(this.event, ADA)
			.as(StepVerifier::create)
			.verifyError(StorageException.OutcomeUnknown.class);

		assertThat(this.engine.received("update")).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 112, 365 })
	void returnsTheOutcomeOfTheRetry(int code) {
		AtomicInteger updates = new AtomicInteger();
		this.engine.answer("update", (update) -> (updates.getAndIncrement() == 0) ? Form.WRITE_ERROR.with(code) : null);

		this.repository.book(this.event, ADA)
			.as(StepVerifier::create)
			.expectNext(BookingOutcome.BOOKED)
			.verifyComplete();
	}

	/** All kinds of writes share the translation of errors. */
	@ParameterizedTest
	@MethodSource("failuresThatChangedNothing")
	void reportsTheSameForEveryWrite(Case failure) {
		for (String command : Set.of("insert", "update", "delete")) {
			this.engine.answer(command, (any) -> failure.form().with(failure.code()));
		}
		EventDraft draft = new EventDraft("Gala", null, Instant.EPOCH, null, 1);

		for (Mono<?> write : List.of(this.repository.create(draft, Instant.EPOCH),
				this.repository.change(this.event, EventChange.ofCapacity(7)), this.repository.delete(this.event),
				this.repository.release(this.event, ADA),
				this.repository.decide(this.event, Requests.bookings(ADA, new UserId("bob"))).then())) {
			write.as(StepVerifier::create).verifyError(StorageException.Unavailable.class);
		}
	}

	@ParameterizedTest
	@MethodSource("allCodes")
	void reportsUnavailableForEveryRead(int code) {
		for (String command : Set.of("find", "aggregate", "getMore")) {
			this.engine.answer(command, (any) -> Form.COMMAND.with(code));
		}

		for (Mono<?> read : List.of(this.repository.find(this.event), this.repository.isRegistered(this.event, ADA),
				this.repository.list(new EventQuery(null, null, null, null, 10)),
				this.repository.registrations(this.event, null, 10), this.repository.ledger(this.event))) {
			read.as(StepVerifier::create).verifyError(StorageException.Unavailable.class);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 112, 365 })
	void retriesAReadAfterAConflict(int code) {
		Iterator<BsonDocument> failures = List.of(Form.COMMAND.with(code)).iterator();
		this.engine.answer("find", (find) -> failures.hasNext() ? failures.next() : null);

		this.repository.find(this.event).as(StepVerifier::create).expectNextCount(1).verifyComplete();
	}

	/** A label counts for every code, because a newer server may have new codes. */
	@ParameterizedTest
	@ValueSource(strings = { "RetryableWriteError", "RetryableError", "SystemOverloadedError",
			"TransientTransactionError", "ResumableChangeStreamError" })
	void followsTheErrorLabels(String label) {
		BsonDocument answer = BsonDocument
			.parse("{ ok: 0, code: 999999, errmsg: 'new', errorLabels: [ '" + label + "' ] }");
		this.engine.answer("update", (update) -> answer);
		this.engine.answer("find", (find) -> answer);

		this.repository.book(this.event, ADA)
			.as(StepVerifier::create)
			.verifyError(StorageException.OutcomeUnknown.class);
		this.repository.find(this.event).as(StepVerifier::create).verifyError(StorageException.Unavailable.class);
	}

	@Test
	void followsTheLabelThatNoWriteWasPerformed() {
		BsonDocument answer = BsonDocument.parse("""
				{ ok: 0, code: 91, errmsg: 'as scripted',
				  errorLabels: [ 'RetryableWriteError', 'NoWritesPerformed' ] }""");
		this.engine.answer("update", (update) -> answer);

		this.repository.book(this.event, ADA).as(StepVerifier::create).verifyError(StorageException.Unavailable.class);
	}

	/** Such a command is invalid or not allowed, so the service or its setup is wrong. */
	@ParameterizedTest
	@ValueSource(ints = { 2, 9, 13, 59, 72 })
	void reportsOtherErrorsAsFaultsOfTheService(int code) {
		this.engine.answer("update", (update) -> Form.COMMAND.with(code));

		this.repository.book(this.event, ADA)
			.as(StepVerifier::create)
			.verifyErrorSatisfies(
					(error) -> assertThat(error).isInstanceOf(ServerError.class).hasMessageContaining("code " + code));
	}

}
