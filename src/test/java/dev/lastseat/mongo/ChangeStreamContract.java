package dev.lastseat.mongo;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

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
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Follows the change stream of a server.
 */
@Needs(Feature.CHANGE_STREAMS)
class ChangeStreamContract extends StorageTest {

	private static final UserId ADA = new UserId("ada");

	private static final UserId BOB = new UserId("bob");

	private static final Duration TIMEOUT = TestRun.TIMEOUT;

	private static Mono<BsonTimestamp> now(MongoDatabase database) {
		return Mono.from(database.runCommand(new Document("ping", 1)))
			.mapNotNull((answer) -> answer.get("operationTime", BsonTimestamp.class))
			.onErrorMap(StorageErrors::ofRead);
	}

	/**
	 * The stream alone. The poll beside it would hide a change that the stream misses.
	 */
	private EventChangeStream stream(MongoDatabase database) {
		return new EventChangeStream(database.getCollection("events"), now(database));
	}

	@Test
	void reportsTheEventAndTheRevisionOfEachWrite() {
		EventId event = this.storage.event(5);

		stream(this.storage.database()).changes(null)
			.filter((change) -> !(change instanceof ChangeHint.OfEvent other) || other.event().equals(event))
			.as(StepVerifier::create)
			.expectNext(new ChangeHint.OfAnyEvent())
			.then(() -> this.storage.book(event, ADA))
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
	void readsNoUserIdsForAChange() {
		EventId event = this.storage.event(5);
		// Cannot be part of an id, a token or a database name, which are hexadecimal.
		UserId oscar = new UserId("oscar");
		RecordedCommands commands = new RecordedCommands();
		try (MongoClient recorded = MongoClients.create(this.storage.settings().addCommandListener(commands).build())) {

			stream(this.storage.database(recorded)).changes(null)
				.as(StepVerifier::create)
				.expectNext(new ChangeHint.OfAnyEvent())
				.then(() -> this.storage.book(event, oscar, BOB))
				.then(() -> this.repository.release(event, BOB).block())
				.thenConsumeWhile((change) -> !change.equals(new ChangeHint.OfEvent(event, 3)))
				.expectNextCount(1)
				.thenCancel()
				.verify();
		}

		String received = commands.answers().toString();
		assertThat(received).contains("\"revision\"").doesNotContain("oscar", "registration_ids");
	}

	@Test
	void missesNoChangeDuringAnOutage() {
		EventId event = this.storage.event(5);
		ServerAddress server = this.storage.address();
		List<ChangeHint> hints = new CopyOnWriteArrayList<>();
		try (TcpProxy proxy = new TcpProxy(new InetSocketAddress(server.getHost(), server.getPort()));
				MongoClient client = this.storage.clientThrough(proxy)) {
			var following = stream(this.storage.database(client)).changes(null).subscribe(hints::add);
			await(hints, new ChangeHint.OfAnyEvent());
			this.storage.book(event, ADA);
			await(hints, new ChangeHint.OfEvent(event, 1));

			proxy.cut();
			this.storage.book(event, BOB);
			this.repository.release(event, ADA).block();
			proxy.restore();

			await(hints, new ChangeHint.OfEvent(event, 2));
			await(hints, new ChangeHint.OfEvent(event, 3));
			following.dispose();
		}
		assertThat(hints).filteredOn(new ChangeHint.OfAnyEvent()::equals).as("hints of any event").hasSize(1);
	}

	@Test
	void staysOpenWithoutChangesForLongerThanTheOperationTimeout() {
		EventId event = this.storage.event(5);
		try (MongoClient impatient = MongoClients
			.create(this.storage.settings().timeout(500, TimeUnit.MILLISECONDS).build())) {

			stream(this.storage.database(impatient)).changes(null)
				.as(StepVerifier::create)
				.expectNext(new ChangeHint.OfAnyEvent())
				.expectNoEvent(Duration.ofSeconds(2))
				.then(() -> this.storage.book(event, ADA))
				.expectNext(new ChangeHint.OfEvent(event, 1))
				.thenCancel()
				.verify();
		}
	}

	@Test
	void restartsWhenTheServerCannotResume() {
		EventId event = this.storage.event(5);
		MongoCollection<Document> events = this.storage.database().getCollection("events");
		BsonDocument unknown = BsonDocument.parse("{ '_data': '826123' }");

		new EventChangeStream(events, now(this.storage.database())).changes(unknown)
			.as(StepVerifier::create)
			.expectNext(new ChangeHint.OfAnyEvent())
			.then(() -> this.storage.book(event, ADA))
			.expectNext(new ChangeHint.OfEvent(event, 1))
			.thenCancel()
			.verify();
	}

	private static void await(List<ChangeHint> hints, ChangeHint change) {
		Awaitility.await().atMost(TIMEOUT).untilAsserted(() -> assertThat(hints).contains(change));
	}

}
