package dev.lastseat.embedded;

import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.mongodb.MongoWriteException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.result.UpdateResult;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import dev.lastseat.TestRun;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The engine and the library alone are told to make the same change: they say the same of
 * it, and the same is stored.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CopyingUpdateTest {

	private static final Duration PATIENCE = TestRun.TIMEOUT;

	private final MongoServer library = new MongoServer(H2Backend.inMemory());

	private final TestEngine engine = new TestEngine();

	private MongoClient toLibrary;

	private MongoClient toEngine;

	@BeforeAll
	void connect() {
		this.toLibrary = MongoClients.create("mongodb://localhost:" + this.library.bind().getPort());
		this.toEngine = MongoClients.create(this.engine.connectionString());
	}

	@AfterAll
	void stop() {
		this.toLibrary.close();
		this.toEngine.close();
		this.engine.close();
		this.library.shutdownNow();
	}

	private static Document stored() {
		return new Document("_id", "gala").append("sold", 2)
			.append("revision", 7L)
			.append("price", 1.5)
			.append("ids", List.of("ada", "bob"))
			.append("pairs", List.of(new Document("u", "ada")))
			.append("title", "Gala")
			.append("on", new Date(0))
			.append("absent", null)
			.append("nested", new Document("a", 1));
	}

	static Stream<String> updates() {
		return Stream.of("{ $inc: { sold: 1, revision: { $numberLong: '1' } }, $addToSet: { ids: 'eve' } }",
				"{ $inc: { sold: 1 }, $addToSet: { ids: 'ada' } }", "{ $addToSet: { ids: 'ada' } }",
				"{ $inc: { sold: 2 }, $push: { ids: { $each: ['eve', 'joe', 'ada'] } } }",
				"{ $push: { ids: { $each: [] } } }", "{ $push: { ids: 'ada' } }", "{ $push: { fresh: 'ada' } }",
				"{ $push: { fresh: { $each: [] } } }", "{ $addToSet: { fresh: 'ada' } }",
				"{ $push: { ids: { $each: ['x'], $position: 0 } } }", "{ $push: { ids: { $each: ['x'], $slice: 1 } } }",
				"{ $addToSet: { ids: { $each: ['x', 'ada'] } } }", "{ $push: { pairs: { u: 'bob', page: 1 } } }",
				"{ $push: { pairs: 'bob' } }", "{ $push: { title: 'x' } }", "{ $addToSet: { title: 'x' } }",
				"{ $push: { ids: 5 } }", "{ $push: { absent: 'x' } }", "{ $inc: { sold: 0 } }",
				"{ $inc: { sold: 2147483647 } }", "{ $inc: { sold: { $numberLong: '3000000000' } } }",
				"{ $inc: { revision: { $numberLong: '9223372036854775807' } } }", "{ $inc: { sold: 1.5 } }",
				"{ $inc: { price: 1 } }", "{ $inc: { title: 1 } }", "{ $inc: { sold: 'x' } }", "{ $inc: { fresh: 3 } }",
				"{ $inc: { absent: 3 } }", "{ $set: { sold: 2 } }", "{ $set: { sold: { $numberLong: '2' } } }",
				"{ $set: { sold: 5, title: 'Ball', flag: true } }", "{ $set: { title: null } }",
				"{ $set: { ids: [] } }", "{ $set: { ids: ['ada', 'bob'] } }", "{ $set: { nested: { b: 1 } } }",
				"{ $set: { 'nested.a': 2 } }", "{ $set: { 'ids.0': 'x' } }", "{ $set: { _id: 'other' } }",
				"{ $set: { on: 5 } }", "{ $unset: { ids: '' } }", "{ $unset: { fresh: '' } }",
				"{ $unset: { ids: '' }, $set: { page: 1 }, $inc: { sealed: 2 } }", "{ $unset: { 'nested.a': '' } }",
				"{ $set: { sold: 1 }, $inc: { sold: 1 } }", "{ $pull: { ids: 'ada' }, $inc: { sold: -1 } }",
				"{ $pull: { ids: 'nobody' } }",
				"{ $pull: { ids: { $in: ['ada', 'bob'] } }, $set: { moved: ['ada', 'bob'] } }",
				"{ $pullAll: { pairs: [{ u: 'ada' }] }, $inc: { cleanups: 1 } }",
				"{ $pullAll: { pairs: [{ u: 'bob' }] } }", "{ $pullAll: { ids: ['ada', 5] } }",
				"{ $pullAll: { ids: [1.5] } }", "{ $pullAll: { title: ['x'] } }", "{ $pullAll: { fresh: ['x'] } }",
				"{ $pullAll: { ids: 'ada' } }", "{ $push: { pairs: { $each: [{ u: 'bob' }, { u: 'eve' }] } } }",
				"{ $push: { pairs: { 'a.b': 1 } } }", "{ $push: { ids: null } }", "{ $set: { fresh: null } }",
				"{ $set: { absent: null } }", "{ $set: { sold: null } }",
				"{ $set: { on: { $date: '2030-01-01T00:00:00Z' }, title: 'Ball' } }",
				"{ $set: { on: { $date: '1970-01-01T00:00:00Z' } } }", "{ $set: { pairs: [{ u: 'x', n: { a: 1 } }] } }",
				"{ $min: { sold: 1 } }", "{ $rename: { sold: 'gone' } }", "{ $set: { } }", "{ $nonsense: { sold: 1 } }",
				"{ $inc: { sold: 1 }, $nonsense: { title: 1 } }");
	}

	@ParameterizedTest
	@MethodSource("updates")
	void doesWhatTheLibraryDoes(String update) {
		assertThat(outcome(this.toEngine, update)).isEqualTo(outcome(this.toLibrary, update));
	}

	private String outcome(MongoClient client, String update) {
		MongoCollection<Document> collection = client.getDatabase("test").getCollection("events");
		Mono.from(collection.deleteMany(new Document())).block(PATIENCE);
		Mono.from(collection.insertOne(stored())).block(PATIENCE);
		String answer = Mono.from(collection.updateOne(Filters.eq("_id", "gala"), Document.parse(update)))
			.map(UpdateResult::toString)
			.onErrorResume((error) -> Mono.just("refused: " + code(error)))
			.block(PATIENCE);
		return answer + " " + read(collection).toJson();
	}

	private static String code(Throwable error) {
		return (error instanceof MongoWriteException refused) ? String.valueOf(refused.getError().getCode())
				: error.getClass().getSimpleName();
	}

	private static Document read(MongoCollection<Document> collection) {
		return Mono.from(collection.find()).block(PATIENCE);
	}

	/** As MongoDB does; the library takes out what has a part of the fields as well. */
	@Test
	void takesOutOnlyWhatIsEqual() {
		assertThat(outcome(this.toEngine, "{ $pullAll: { pairs: [{ u: 'ada', page: 1 }] } }"))
			.contains("modifiedCount=0")
			.contains("\"pairs\": [{\"u\": \"ada\"}]");
	}

	@Test
	void keepsAUniqueIndexUnique() {
		for (MongoClient client : Arrays.asList(this.toEngine, this.toLibrary)) {
			MongoCollection<Document> collection = client.getDatabase("test").getCollection("unique");
			Mono.from(collection.createIndex(Indexes.ascending("title"), new IndexOptions().unique(true)))
				.block(PATIENCE);
			Mono.from(collection.insertMany(List.of(stored(), stored().append("_id", "ball").append("title", "Ball"))))
				.block(PATIENCE);

			assertThat(update(collection, "{ $set: { title: 'Gala' } }")).contains("11000");
			assertThat(update(collection, "{ $set: { title: 'Prom' } }")).isEmpty();
			assertThat(update(collection, "{ $set: { title: 'Ball' } }")).isEmpty();
		}
	}

	/** Of the other event. */
	private static Optional<String> update(MongoCollection<Document> collection, String update) {
		return Mono.from(collection.updateOne(Filters.eq("_id", "ball"), Document.parse(update)))
			.<String>then(Mono.empty())
			.onErrorResume((error) -> Mono.just(code(error)))
			.blockOptional(PATIENCE);
	}

}
