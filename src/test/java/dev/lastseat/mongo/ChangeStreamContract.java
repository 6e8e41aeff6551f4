package dev.lastseat.mongo;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import com.mongodb.ConnectionString;
import com.mongodb.ServerAddress;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.TcpProxy;
import dev.lastseat.TestRun;
import dev.lastseat.booking.ChangeHint;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.UserId;
import org.awaitility.Awaitility;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What must hold of the change stream, on a server that has one.
 */
abstract class ChangeStreamContract extends RepositoryContract {

	private static final Duration PATIENCE = TestRun.TIMEOUT;

	private Mono<BsonTimestamp> now() {
		return Mono.from(this.database.runCommand(new Document("ping", 1)))
			.mapNotNull((answer) -> answer.get("operationTime", BsonTimestamp.class));
	}

	/** Without the poll beside it, which would find what the stream does not tell. */
	private EventChangeStream stream(MongoDatabase database) {
		Mono<BsonTimestamp> now = Mono.from(database.runCommand(new Document("ping", 1)))
			.mapNotNull((answer) -> answer.get("operationTime", BsonTimestamp.class))
			.onErrorMap(StorageErrors::ofRead);
		return new EventChangeStream(database.getCollection("events"), now);
	}

	@BeforeEach
	void needsAnOplog(TestInfo test) {
		if (test.getTestMethod().orElseThrow().getDeclaringClass() == ChangeStreamContract.class) {
			assumeTrue(now().hasElement().block(), "the server has no change streams");
		}
	}

	@Test
	void tellsWhichEventWasWrittenAndAsWhichRevision() {
		EventId event = event(5);

		stream(this.database).changes(null)
			.filter((change) -> !(change instanceof ChangeHint.OfEvent other) || other.event().equals(event))
			.as(StepVerifier::create)
			.expectNext(new ChangeHint.OfAnyEvent())
			.then(() -> book(event, ADA))
			.expectNext(new ChangeHint.OfEvent(event, 1))
			.then(() -> this.repository.change(event, EventChange.ofCapacity(7)).block())
			.expectNext(new ChangeHint.OfEvent(event, 2))
			.then(() -> this.repository.release(event, ADA).block())
			.expectNext(new ChangeHint.OfEvent(event, 3))
			.then(() -> this.repository.delete(event).block())
			.expectNext(new ChangeHint.OfEvent(event, Long.MAX_VALUE))
			.thenCancel()
			.verify();
	}

	@Test
	void bringsNobodysNameOverTheWireForAChange() {
		EventId event = event(5);
		// No part of an id, a token or the name of a database, which are hexadecimal.
		UserId somebody = new UserId("somebody");
		RecordedCommands commands = new RecordedCommands();
		try (MongoClient recorded = MongoClients
			.create(settings(connectionString()).addCommandListener(commands).build())) {

			stream(recorded.getDatabase(this.database.getName())).changes(null)
				.as(StepVerifier::create)
				.expectNext(new ChangeHint.OfAnyEvent())
				.then(() -> book(event, somebody, BOB))
				.then(() -> this.repository.release(event, BOB).block())
				.thenConsumeWhile((change) -> !change.equals(new ChangeHint.OfEvent(event, 3)))
				.expectNextCount(1)
				.thenCancel()
				.verify();
		}

		String received = commands.answers().toString();
		assertThat(received).contains("\"revision\"").doesNotContain("somebody", "registration_ids");
	}

	@Test
	void missesNothingOfAnOutage() {
		EventId event = event(5);
		ServerAddress server = new ServerAddress(new ConnectionString(connectionString()).getHosts().get(0));
		List<ChangeHint> told = new CopyOnWriteArrayList<>();
		try (TcpProxy proxy = new TcpProxy(new InetSocketAddress(server.getHost(), server.getPort()));
				MongoClient client = through(proxy)) {
			var following = stream(client.getDatabase(this.database.getName())).changes(null).subscribe(told::add);
			await(told, new ChangeHint.OfAnyEvent());
			book(event, ADA);
			await(told, new ChangeHint.OfEvent(event, 1));

			proxy.cut();
			book(event, BOB);
			this.repository.release(event, ADA).block();
			proxy.restore();

			await(told, new ChangeHint.OfEvent(event, 2));
			await(told, new ChangeHint.OfEvent(event, 3));
			following.dispose();
		}
		assertThat(told).filteredOn(new ChangeHint.OfAnyEvent()::equals).as("looks at everything").hasSize(1);
	}

	@Test
	void staysOpenWhenItIsQuietForLongerThanAnOperationMayTake() {
		EventId event = event(5);
		try (MongoClient hasty = MongoClients
			.create(settings(connectionString()).timeout(500, TimeUnit.MILLISECONDS).build())) {

			stream(hasty.getDatabase(this.database.getName())).changes(null)
				.as(StepVerifier::create)
				.expectNext(new ChangeHint.OfAnyEvent())
				.expectNoEvent(Duration.ofSeconds(2))
				.then(() -> book(event, ADA))
				.expectNext(new ChangeHint.OfEvent(event, 1))
				.thenCancel()
				.verify();
		}
	}

	@Test
	void beginsAnewWhenTheServerDoesNotGoOnFromTheLastChange() {
		EventId event = event(5);
		MongoCollection<Document> events = this.database.getCollection("events");
		BsonDocument unknown = BsonDocument.parse("{ '_data': '826123' }");

		new EventChangeStream(events, now()).changes(unknown)
			.as(StepVerifier::create)
			.expectNext(new ChangeHint.OfAnyEvent())
			.then(() -> book(event, ADA))
			.expectNext(new ChangeHint.OfEvent(event, 1))
			.thenCancel()
			.verify();
	}

	private static void await(List<ChangeHint> told, ChangeHint change) {
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(told).contains(change));
	}

}
