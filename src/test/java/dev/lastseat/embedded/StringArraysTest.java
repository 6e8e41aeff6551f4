package dev.lastseat.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import dev.lastseat.TestRun;
import org.bson.Document;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends the same commands to the embedded engine and to the unmodified library: the
 * answers and the stored documents are the same.
 */
class StringArraysTest {

	private static final Duration TIMEOUT = TestRun.TIMEOUT;

	private static final String THING = "{_id: 1, count: 1, long: NumberLong(2), half: 0.5, none: null, list: ['a', 'b', 'c', 'b'], "
			+ "empty: [], mixed: ['a', 1, ['a'], {u: 'a'}], one: 'a', "
			+ "numbered: ['b', {'0': 'a', '1': 'c', '5': 'a'}], "
			+ "sub: {list: ['a'], time: ISODate('2027-01-01T00:00:00Z'), '0': {until: ISODate('2027-01-01T00:00:00Z')}}, "
			+ "time: ISODate('2027-01-01T00:00:00Z')}";

	private final MongoServer library = new MongoServer(new H2Backend(MVStore.open(null)));

	private final MongoServer engine = new MongoServer(new EmbeddedBackend(MVStore.open(null)));

	private MongoClient libraryClient;

	private MongoClient engineClient;

	@BeforeEach
	void insert() {
		this.libraryClient = MongoClients.create("mongodb://127.0.0.1:" + this.library.bind().getPort());
		this.engineClient = MongoClients.create("mongodb://127.0.0.1:" + this.engine.bind().getPort());
		Stream.of(this.libraryClient, this.engineClient)
			.forEach((client) -> Mono.from(things(client).insertOne(Document.parse(THING))).block(TIMEOUT));
	}

	@AfterEach
	void stop() {
		this.libraryClient.close();
		this.engineClient.close();
		this.library.shutdownNow();
		this.engine.shutdownNow();
	}

	private static MongoCollection<Document> things(MongoClient client) {
		return client.getDatabase("test").getCollection("things");
	}

	private static List<Object> updated(MongoClient client, String filter, String update) {
		Object answer = Mono.from(things(client).updateOne(Document.parse(filter), Document.parse(update)))
			.<Object>map((result) -> List.of(result.getMatchedCount(), result.getModifiedCount()))
			.onErrorResume((fault) -> Mono.just("refused"))
			.block(TIMEOUT);
		return List.of(answer, Mono.from(things(client).find()).block(TIMEOUT));
	}

	static Stream<String> conditions() {
		return Stream.of("list", "empty", "mixed", "one", "none", "count", "absent", "sub.list", "sub")
			.flatMap((field) -> Stream
				.of("{$ne: 'a'}", "{$ne: 'x'}", "{$nin: ['x', 'c']}", "{$nin: ['x', 'y']}", "{$nin: []}",
						"{$nin: ['x', 1]}", "{$nin: ['x', null]}", "{$ne: null}", "{$ne: ['a']}",
						"{$ne: ['a', 'b', 'c', 'b']}", "{$ne: 1}", "{$ne: 'x', $nin: ['a']}", "{$nin: [['a']]}",
						"{$all: ['a']}", "{$all: ['a', 'c']}", "{$all: ['a', 'x']}", "{$all: []}", "{$all: [1]}",
						"{$all: ['a', null]}", "{$all: ['a', 'a'], $ne: 'x'}")
				.map((condition) -> "{_id: 1, '" + field + "': " + condition + "}"));
	}

	@ParameterizedTest
	@MethodSource("conditions")
	void conditionsMatchTheSameDocuments(String filter) {
		String update = "{$inc: {count: 1}}";

		assertThat(updated(this.engineClient, filter, update)).isEqualTo(updated(this.libraryClient, filter, update));
	}

	static Stream<String> conditionsOfSales() {
		Stream<String> ofFields = Stream.of("count", "none", "absent", "time", "list", "sub", "empty")
			.flatMap((field) -> Stream.of("{$in: [null, 0]}", "{$in: [null, 1]}", "{$in: [0]}", "{$in: []}",
					"{$not: {$gt: ISODate('2027-01-01T00:00:00Z')}}", "{$not: {$lte: ISODate('2027-01-01T00:00:00Z')}}",
					"{$not: {$gt: ISODate('2026-01-01T00:00:00Z')}}", "{$not: {$in: [null]}}", "{$not: {$gt: 0}}",
					"{$in: [null], $ne: null}")
				.map((condition) -> "{_id: 1, '" + field + "': " + condition + "}"));
		Stream<String> ofPaths = Stream
			.of("sub.list", "sub.time", "sub.0", "sub.0.until", "sub.x.until", "sub.x", "absent.x", "one.x", "list.0",
					"pairs.u", "none.x", "mixed.u", "sub.", "sub.list.0", "list.1", "list.2", "list.4", "list.01",
					"list.-1", "list.9999999999", "list.x", "empty.0", "mixed.0", "mixed.1", "mixed.3", "mixed.4",
					"numbered.0", "numbered.1")
			.flatMap((path) -> Stream
				.of("{$exists: false}", "{$exists: true}", "{$exists: 1}", "ISODate('2027-01-01T00:00:00Z')",
						"ISODate('2027-01-02T00:00:00Z')", "null", "'a'", "'c'")
				.map((condition) -> "{_id: 1, '" + path + "': " + condition + "}"));
		return Stream.concat(ofFields, ofPaths);
	}

	@ParameterizedTest
	@MethodSource("conditionsOfSales")
	void conditionsOfSalesMatchTheSameDocuments(String filter) {
		String update = "{$inc: {count: 1}}";

		assertThat(updated(this.engineClient, filter, update)).isEqualTo(updated(this.libraryClient, filter, update));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{$set: {'sub.x': {until: 1}}}", "{$set: {'sub.0': {until: 1}}}",
			"{$set: {'absent.0': {until: 1}}}", "{$set: {'absent.x': {until: 1}, 'absent.y': {until: 2}}}",
			"{$set: {'none.x': {until: 1}}}", "{$set: {'one.x': {until: 1}}}", "{$set: {'list.0': {until: 1}}}",
			"{$set: {'sub.x.y': {until: 1}}}", "{$set: {'sub.x': 1}}", "{$set: {'sub.$x': {until: 1}}}",
			"{$set: {'sub.x': {until: 1}, sub: ['a']}}", "{$unset: {'sub.0': ''}}", "{$unset: {'sub.x': ''}}",
			"{$unset: {'sub.0': '', 'sub.list': ''}}", "{$unset: {'absent.x': ''}}", "{$unset: {'list.0': ''}}",
			"{$unset: {'sub.0.until': ''}}", "{$unset: {'none.x': ''}}",
			"{$set: {'sub.x': {until: 1}}, $unset: {'sub.0': ''}, $inc: {count: 1, absent: 2}}",
			"{$set: {'sub.x': {until: 1}}, $unset: {'sub.x': ''}}", "{$inc: {absent: NumberLong(2)}}",
			"{$min: {time: ISODate('2026-01-01T00:00:00Z')}}", "{$min: {time: ISODate('2028-01-01T00:00:00Z')}}",
			"{$min: {absent: ISODate('2026-01-01T00:00:00Z')}}", "{$min: {none: ISODate('2026-01-01T00:00:00Z')}}",
			"{$min: {count: ISODate('2026-01-01T00:00:00Z')}}", "{$min: {count: 0}}", "{$min: {time: 0}}" })
	void updatesOfSalesMakeTheSameDocuments(String update) {
		assertThat(updated(this.engineClient, "{_id: 1}", update))
			.isEqualTo(updated(this.libraryClient, "{_id: 1}", update));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{$inc: {count: 2, long: 1}}", "{$inc: {count: NumberLong(2)}}",
			"{$inc: {count: 2147483647}}", "{$inc: {count: 0}}", "{$inc: {half: 1}}", "{$inc: {count: 0.5}}",
			"{$inc: {absent: 1}}", "{$inc: {none: 1}}", "{$inc: {one: 1}}", "{$inc: {_id: 1}}",
			"{$push: {list: {$each: ['d', 'a']}}, $inc: {count: 2}}", "{$push: {list: {$each: []}}}",
			"{$push: {list: 'd'}}", "{$push: {list: 1}}", "{$push: {list: {$each: [{u: 'a'}, 1]}}}",
			"{$push: {absent: {$each: ['a']}}}", "{$push: {one: {$each: ['a']}}}", "{$push: {none: {$each: ['a']}}}",
			"{$push: {'sub.list': 'd'}}", "{$push: {list: {$each: ['d'], $slice: 2}}}", "{$addToSet: {list: 'b'}}",
			"{$addToSet: {list: 'd'}}", "{$addToSet: {mixed: 'd'}}", "{$addToSet: {list: {$each: ['a', 'd']}}}",
			"{$addToSet: {absent: 'd'}}", "{$pull: {list: 'b'}}", "{$pull: {list: 'x'}}", "{$pull: {list: ['a']}}",
			"{$pull: {list: {$in: ['a', 'b', 'x']}}}", "{$pull: {list: {$in: []}}}", "{$pull: {mixed: 'a'}}",
			"{$pull: {mixed: {$in: ['a', 1]}}}", "{$pull: {absent: 'a'}}", "{$pull: {one: 'a'}}",
			"{$pull: {list: {$nin: ['a']}}}", "{$pullAll: {list: ['a', 'b']}}", "{$pullAll: {list: 'a'}}",
			"{$pullAll: {mixed: [1, {u: 'a'}]}}", "{$set: {list: ['z']}}", "{$set: {absent: ['z', 'z']}}",
			"{$set: {list: []}}", "{$set: {list: ['a', 'b', 'c', 'b']}}", "{$set: {one: 'b'}}",
			"{$pull: {list: {$in: ['a']}}, $set: {absent: ['a'], one: 'b'}}",
			"{$pull: {list: 'a'}, $push: {list: 'a'}}", "{$unset: {list: ''}, $inc: {count: 1}}",
			"{$push: {list: 'a'}, $set: {'list.0': 'b'}}", "{one: 'b'}", "{$inc: {}}" })
	void updatesMakeTheSameDocuments(String update) {
		assertThat(updated(this.engineClient, "{_id: 1}", update))
			.isEqualTo(updated(this.libraryClient, "{_id: 1}", update));
	}

	@Test
	void conditionsAndUpdatesOfSalesAreNotLeftToTheLibrary() {
		Instant end = Instant.EPOCH;
		de.bwaldvogel.mongo.bson.Document hold = document("until", end);
		de.bwaldvogel.mongo.bson.Document event = document("holds", document("ada", hold)).append("held", 1);

		assertThat(StringArrays.matches(event, "absent", document("$in", Arrays.asList(null, 0)))).isTrue();
		assertThat(StringArrays.matches(event, "absent", document("$not", document("$gt", end)))).isTrue();
		assertThat(StringArrays.matches(event, "absent", document("$not", document("$lte", end)))).isTrue();
		assertThat(StringArrays.matches(event, "holds.bob", document("$exists", false))).isTrue();
		assertThat(StringArrays.matches(event, "holds.ada", document("$exists", false))).isFalse();
		assertThat(StringArrays.matches(event, "holds.ada.until", end)).isTrue();
		assertThat(StringArrays.update(event,
				document("$set", document("holds.bob", hold)).append("$unset", document("holds.ada", ""))
					.append("$min", document("next_expiry", end))))
			.isEqualTo(document("holds", document("bob", hold)).append("held", 1).append("next_expiry", end));
		assertThat(event).isEqualTo(document("holds", document("ada", hold)).append("held", 1));
	}

	@Test
	void conditionsAndUpdatesOfWaitingListsAreNotLeftToTheLibrary() {
		de.bwaldvogel.mongo.bson.Document event = document("waiting", List.of("a", "c"));

		assertThat(StringArrays.matches(event, "waiting.0", document("$exists", true))).isTrue();
		assertThat(StringArrays.matches(event, "waiting.2", document("$exists", false))).isTrue();
		assertThat(StringArrays.matches(event, "waiting.1", "c")).isTrue();
		assertThat(StringArrays.matches(event, "waiting.1", "a")).isFalse();
		assertThat(StringArrays.matches(event, "waiting", document("$all", List.of("c", "a")))).isTrue();
		assertThat(StringArrays.matches(event, "waiting", document("$all", List.of("c", "b")))).isFalse();
		assertThat(StringArrays.update(document("sold", 1),
				document("$push", document("waiting", document("$each", List.of("a"))))))
			.isEqualTo(document("sold", 1).append("waiting", List.of("a")));
	}

	private static de.bwaldvogel.mongo.bson.Document document(String field, Object value) {
		return new de.bwaldvogel.mongo.bson.Document(field, value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "b" })
	void conditionsAndUpdatesOfBookingsAreNotLeftToTheLibrary(String user) {
		de.bwaldvogel.mongo.bson.Document event = document("users", List.of("a", "c")).append("sold", 2);
		Object users = List.of(user, "d");

		assertThat(StringArrays.matches(event, "users", document("$ne", user))).isEqualTo(user.equals("b"));
		assertThat(StringArrays.matches(event, "users", document("$nin", users))).isEqualTo(user.equals("b"));
		assertThat(StringArrays.update(event,
				document("$push", document("users", document("$each", users))).append("$inc", document("sold", 2))))
			.isEqualTo(document("users", List.of("a", "c", user, "d")).append("sold", 4));
		assertThat(StringArrays.update(event, document("$pull", document("users", document("$in", users)))))
			.isEqualTo(document("users", user.equals("a") ? List.of("c") : List.of("a", "c")).append("sold", 2));
	}

}
