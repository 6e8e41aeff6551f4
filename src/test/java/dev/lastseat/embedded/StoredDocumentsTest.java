package dev.lastseat.embedded;

import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;

import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.bson.Document;
import dev.lastseat.TestRun;
import org.bson.conversions.Bson;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An update replaces the stored document and never changes it.
 */
class StoredDocumentsTest {

	private static final Duration TIMEOUT = TestRun.TIMEOUT;

	private static final int ID = 1;

	private final MVStore store = MVStore.open(null);

	private final MongoServer server = new MongoServer(new EmbeddedBackend(this.store));

	private MongoClient client;

	@BeforeEach
	void insert() {
		this.client = MongoClients.create("mongodb://127.0.0.1:" + this.server.bind().getPort());
		Mono.from(things().insertOne(
				org.bson.Document.parse("{_id: 1, count: 1, list: ['a'], pairs: [{u: 'a'}], sub: {a: {u: 'a'}}}")))
			.block(TIMEOUT);
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.server.shutdownNow();
	}

	private MongoCollection<org.bson.Document> things() {
		return this.client.getDatabase("test").getCollection("things");
	}

	private Document stored() {
		MVMap<Object, Document> documents = this.store.openMap("databases.test.things");
		return documents.get(ID);
	}

	private static Bson json(String json) {
		return org.bson.Document.parse(json);
	}

	static Stream<Function<MongoCollection<org.bson.Document>, Publisher<?>>> updates() {
		Bson one = json("{_id: 1}");
		Bson update = json("{$inc: {count: 1}, $push: {list: 'b'}, $unset: {pairs: ''}, $set: {added: 1}}");
		return Stream.of((things) -> things.updateOne(one, update),
				(things) -> things.updateOne(json("{_id: 1, count: {$lt: 5}, list: {$nin: ['x']}}"), update),
				(things) -> things.updateOne(one, json("{$addToSet: {list: 'b'}, $pullAll: {pairs: [{u: 'a'}]}}")),
				(things) -> things.updateOne(one, json("{$pull: {list: 'a'}, $set: {'pairs.0.u': 'b'}}")),
				(things) -> things.updateOne(one, json("{$set: {'sub.b': {u: 'b'}}, $unset: {'sub.a': ''}}")),
				(things) -> things.updateOne(one, update, new UpdateOptions().upsert(true)),
				(things) -> things.updateMany(json("{list: 'a'}"), update),
				(things) -> things.replaceOne(one, org.bson.Document.parse("{_id: 1, other: 1}")),
				(things) -> things.findOneAndUpdate(one, update),
				(things) -> things.findOneAndUpdate(json("{count: 1}"), update, new FindOneAndUpdateOptions()));
	}

	@ParameterizedTest
	@MethodSource("updates")
	void anUpdateDoesNotChangeTheStoredDocument(Function<MongoCollection<org.bson.Document>, Publisher<?>> update) {
		Document before = stored();
		Document copy = before.cloneDeeply();

		Mono.from(update.apply(things())).block(TIMEOUT);

		assertThat(before).isEqualTo(copy);
		assertThat(stored()).isNotSameAs(before).isNotEqualTo(before);
	}

}
