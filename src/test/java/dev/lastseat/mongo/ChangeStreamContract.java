package dev.lastseat.mongo;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.mongodb.ConnectionString;
import com.mongodb.ServerAddress;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import dev.lastseat.TcpProxy;
import dev.lastseat.booking.Change;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventId;
import org.awaitility.Awaitility;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.types.ObjectId;
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

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private BsonTimestamp now() {
		return Mono.from(this.database.runCommand(new Document("ping", 1)))
			.block()
			.get("operationTime", BsonTimestamp.class);
	}

	@BeforeEach
	void needsAnOplog(TestInfo test) {
		if (test.getTestMethod().orElseThrow().getDeclaringClass() == ChangeStreamContract.class) {
			assumeTrue(now() != null, "the server has no change streams");
		}
	}

	@Test
	void tellsWhichEventWasWrittenAndAsWhichRevision() {
		EventId event = event(5);

		new MongoChangeFeed(this.database).changes()
			.filter((change) -> !(change instanceof Change.OfEvent other) || other.event().equals(event))
			.as(StepVerifier::create)
			.expectNext(new Change.OfAnything())
			.then(() -> book(event, ADA))
			.expectNext(new Change.OfEvent(event, 1))
			.then(() -> this.repository.change(event, EventChange.ofCapacity(7), null).block())
			.expectNext(new Change.OfEvent(event, 2))
			.then(() -> this.repository.release(event, ADA).block())
			.expectNext(new Change.OfEvent(event, 3))
			.then(() -> this.repository.delete(event).block())
			.expectNext(new Change.OfEvent(event, Long.MAX_VALUE))
			.thenCancel()
			.verify();
	}

	@Test
	void bringsNobodysNameOverTheWireForAChange() {
		EventId event = event(5);
		RecordedCommands commands = new RecordedCommands();
		try (MongoClient recorded = MongoClients
			.create(settings(connectionString()).addCommandListener(commands).build())) {

			new MongoChangeFeed(recorded.getDatabase(this.database.getName())).changes()
				.as(StepVerifier::create)
				.expectNext(new Change.OfAnything())
				.then(() -> book(event, ADA, BOB))
				.then(() -> this.repository.release(event, ADA).block())
				.thenConsumeWhile((change) -> !change.equals(new Change.OfEvent(event, 3)))
				.expectNextCount(1)
				.thenCancel()
				.verify();
		}

		String received = commands.answers().toString();
		assertThat(received).contains("\"revision\"").doesNotContain("ada", "bob", "registration_ids");
	}

	@Test
	void missesNothingOfAnOutage() {
		EventId event = event(5);
		ServerAddress server = new ServerAddress(new ConnectionString(connectionString()).getHosts().get(0));
		List<Change> told = new CopyOnWriteArrayList<>();
		try (TcpProxy proxy = new TcpProxy(new InetSocketAddress(server.getHost(), server.getPort()));
				MongoClient client = through(proxy)) {
			var following = new MongoChangeFeed(client.getDatabase(this.database.getName())).changes()
				.subscribe(told::add);
			book(event, ADA);
			await(told, new Change.OfEvent(event, 1));

			proxy.cut();
			book(event, BOB);
			this.repository.release(event, ADA).block();
			proxy.restore();

			await(told, new Change.OfEvent(event, 2));
			await(told, new Change.OfEvent(event, 3));
			following.dispose();
		}
		assertThat(told).filteredOn(new Change.OfAnything()::equals).as("looks at everything").hasSize(1);
	}

	@Test
	void beginsAnewWhenTheServerDoesNotGoOnFromTheLastChange() {
		MongoCollection<Document> events = this.database.getCollection("to_be_dropped");
		List<Change> told = new CopyOnWriteArrayList<>();
		var following = new EventChangeStream(events, Mono.fromSupplier(this::now)).changes().subscribe(told::add);
		EventId before = writtenIn(events);
		await(told, new Change.OfEvent(before, 1));

		Mono.from(events.drop()).block();
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(told).filteredOn(new Change.OfAnything()::equals).hasSize(2));

		await(told, new Change.OfEvent(writtenIn(events), 1));
		following.dispose();
	}

	private static EventId writtenIn(MongoCollection<Document> events) {
		ObjectId id = new ObjectId();
		Mono.from(events.insertOne(new Document("_id", id).append("revision", 0L))).block();
		Mono.from(events.updateOne(Filters.eq("_id", id), Updates.inc("revision", 1L))).block();
		return new EventId(id.toHexString());
	}

	private static void await(List<Change> told, Change change) {
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(told).contains(change));
	}

}
