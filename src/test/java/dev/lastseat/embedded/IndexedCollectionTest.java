package dev.lastseat.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import dev.lastseat.TestRun;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two collections of the same documents are asked the same, one that has indexes and one
 * that has none: the answers are the same, whichever way they are found.
 */
class IndexedCollectionTest {

	private static final Duration PATIENCE = TestRun.TIMEOUT;

	private static final int DOCUMENTS = 60;

	private static final Bson BY_NUMBER = Sorts.ascending("n");

	@TempDir
	private Path directory;

	private EmbeddedEngine engine;

	private MongoClient client;

	@BeforeEach
	void fill() {
		open();
		Flux.just(Indexes.ascending("e", "n"), Indexes.ascending("e", "u"), Indexes.ascending("list"))
			.concatMap(collection("indexed")::createIndex)
			.blockLast(PATIENCE);
		List<Document> documents = IntStream.range(0, DOCUMENTS).mapToObj(IndexedCollectionTest::document).toList();
		onBoth((collection) -> collection.insertMany(documents));
	}

	private static Document document(int number) {
		Document id = new Document("e", number % 3).append("u", "user-" + number % 7).append("s", number);
		return new Document("_id", id).append("e", number % 3)
			.append("u", "user-" + number % 7)
			.append("n", (number * 37) % DOCUMENTS)
			.append("list", List.of("a" + number % 5, "b" + number % 2));
	}

	private void open() {
		this.engine = new EmbeddedEngine(
				new EmbeddedSettings(EmbeddedSettings.Storage.FILE, this.directory.resolve("data")));
		this.client = MongoClients.create(this.engine.connectionString());
	}

	@AfterEach
	void close() {
		this.client.close();
		this.engine.close();
	}

	private MongoCollection<Document> collection(String name) {
		return this.client.getDatabase("test").getCollection(name);
	}

	private <T> void onBoth(Function<MongoCollection<Document>, Publisher<T>> action) {
		assertThat(answers(action, "indexed")).isEqualTo(answers(action, "plain"));
	}

	private <T> List<T> answers(Function<MongoCollection<Document>, Publisher<T>> action, String collection) {
		return Flux.from(action.apply(collection(collection))).collectList().block(PATIENCE);
	}

	static Stream<Bson> questions() {
		return Stream.of(Filters.eq("e", 1), Filters.and(Filters.eq("e", 1), Filters.eq("u", "user-3")),
				Filters.and(Filters.eq("e", 2), Filters.in("u", "user-1", "user-2", "nobody")),
				Filters.and(Filters.eq("e", 2), Filters.gt("n", 20)),
				Filters.and(Filters.eq("e", 2), Filters.gte("n", 20), Filters.lt("n", 40)),
				Filters.and(Filters.in("e", 0, 2), Filters.lte("n", 20), Filters.ne("u", "user-1")),
				Filters.and(Filters.eq("e", 1), Filters.eq("u", null)), Filters.eq("e", 1.0), Filters.eq("e", "1"),
				Filters.in("e", 1, null), Filters.eq("list", "a3"), Filters.nin("list", "a1", "a2", "b1"),
				Filters.ne("list", "b0"), Filters.nin("u", "user-0", "user-5"), Filters.nin("u", "user-0", 5),
				Filters.nin("absent", "user-0"), Filters.and(Filters.eq("e", 1), Filters.exists("n")),
				Filters.eq("_id", document(4).get("_id")),
				Filters.and(Filters.eq("_id", document(4).get("_id")), Filters.nin("list", "a4")),
				new Document("e", 1).append("n", new Document("$gt", 5)),
				Filters.and(Filters.gt("n", 10), Filters.lt("n", 30), Filters.eq("e", 1)),
				Filters.and(Filters.and(Filters.eq("e", 1), Filters.gt("n", 10)), Filters.eq("e", 2)),
				new Document("_id", document(7).get("_id")).append("list", new Document("$nin", List.of("a1", "a2"))),
				Filters.and(Filters.in("_id", document(4).get("_id"), document(5).get("_id")), Filters.eq("e", 2)));
	}

	@ParameterizedTest
	@MethodSource("questions")
	void findsTheSame(Bson question) {
		onBoth((collection) -> collection.find(question).sort(BY_NUMBER));
		onBoth((collection) -> collection.find(question).sort(BY_NUMBER).skip(1).limit(3));
		onBoth((collection) -> collection.find(question).sort(Sorts.descending("n")).limit(4));
		onBoth((collection) -> collection.countDocuments(question));
		onBoth((collection) -> collection
			.aggregate(List.of(Aggregates.match(question), Aggregates.sort(BY_NUMBER), Aggregates.limit(5))));
	}

	@ParameterizedTest
	@MethodSource("questions")
	void changesTheSame(Bson question) {
		onBoth((collection) -> collection.updateMany(question,
				Updates.combine(Updates.set("e", 2), Updates.inc("n", 1000), Updates.push("list", "a3"))));
		onBoth((collection) -> collection.updateOne(Filters.and(question, Filters.eq("n", 12)),
				Updates.set("u", "user-1")));

		onBoth((collection) -> collection.find().sort(BY_NUMBER));
		questions().forEach((other) -> onBoth((collection) -> collection.find(other).sort(BY_NUMBER)));
	}

	@ParameterizedTest
	@MethodSource("questions")
	void takesTheSameOutOfArrays(Bson question) {
		List<Bson> removals = List.of(Updates.pull("list", "a3"), Updates.pull("absent", "a3"),
				Updates.combine(Updates.pullByFilter(Filters.in("list", "a1", "b0", "c")), Updates.set("u", "user-1")),
				Updates.pullByFilter(Filters.gte("list", "b")));

		for (int number = 0; number < DOCUMENTS; number++) {
			Bson one = Filters.and(question, Filters.eq("n", number));
			Bson removal = removals.get(number % removals.size());
			onBoth((collection) -> collection.updateOne(one, removal));
		}

		onBoth((collection) -> collection.find().sort(BY_NUMBER));
	}

	@ParameterizedTest
	@MethodSource("questions")
	void deletesTheSame(Bson question) {
		onBoth((collection) -> collection.deleteMany(question));

		questions().forEach((other) -> onBoth((collection) -> collection.find(other).sort(BY_NUMBER)));
	}

	@Test
	void findsTheSameAfterAStart() {
		close();
		open();

		questions().forEach((question) -> onBoth((collection) -> collection.find(question).sort(BY_NUMBER)));
	}

}
