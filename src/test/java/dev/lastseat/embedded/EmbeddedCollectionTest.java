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
 * Sends the same commands to two collections with the same documents, one with indexes
 * and one without: the answers are the same.
 */
class EmbeddedCollectionTest {

	private static final Duration TIMEOUT = TestRun.TIMEOUT;

	private static final int DOCUMENTS = 60;

	private static final Bson BY_NUMBER = Sorts.ascending("n");

	@TempDir
	private Path directory;

	private EmbeddedEngine engine;

	private MongoClient client;

	@BeforeEach
	void fill() {
		open();
		Flux.just(Indexes.ascending("e", "u"), Indexes.ascending("u"), Indexes.ascending("e", "n"),
				Indexes.ascending("list"))
			.concatMap(collection("indexed")::createIndex)
			.blockLast(TIMEOUT);
		List<Document> documents = IntStream.range(0, DOCUMENTS).mapToObj(EmbeddedCollectionTest::document).toList();
		onBoth((collection) -> collection.insertMany(documents));
	}

	private static Document document(int number) {
		return new Document("_id", new Document("e", "event-" + number % 3).append("s", number))
			.append("e", "event-" + number % 3)
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

	private <T> void onBoth(Function<MongoCollection<Document>, Publisher<T>> command) {
		assertThat(answers(command, "indexed")).isEqualTo(answers(command, "plain"));
	}

	private <T> List<T> answers(Function<MongoCollection<Document>, Publisher<T>> command, String collection) {
		return Flux.from(command.apply(collection(collection))).collectList().block(TIMEOUT);
	}

	static Stream<Bson> queries() {
		return Stream.of(Filters.eq("u", "user-3"), Filters.in("u", "user-3", "user-4"),
				Filters.and(Filters.eq("e", "event-1"), Filters.eq("u", "user-3")),
				Filters.and(Filters.eq("e", "event-2"), Filters.in("u", "user-1", "user-2", "unknown")),
				Filters.and(Filters.in("e", "event-0", "event-2"), Filters.in("u", "user-1", "user-1"),
						Filters.lte("n", 40)),
				Filters.and(Filters.and(Filters.eq("e", "event-1"), Filters.eq("u", "user-3")), Filters.gt("n", 10)),
				Filters.and(Filters.eq("u", "user-1"), Filters.eq("u", "user-2")),
				Filters.and(Filters.eq("e", "event-2"), Filters.gte("n", 20), Filters.lt("n", 40)),
				Filters.eq("e", "event-1"), Filters.eq("u", null), Filters.eq("u", 1), Filters.in("u", "user-1", null),
				Filters.nin("u", "user-0", "user-5"), Filters.eq("list", "a3"), Filters.nin("list", "a1", "b1"),
				Filters.or(Filters.eq("u", "user-3"), Filters.eq("n", 37)),
				Filters.and(Filters.eq("_id", document(4).get("_id")), Filters.eq("u", "user-4")));
	}

	@ParameterizedTest
	@MethodSource("queries")
	void findsTheSameDocuments(Bson query) {
		onBoth((collection) -> collection.find(query).sort(BY_NUMBER));
		onBoth((collection) -> collection.find(query).sort(Sorts.descending("n")).skip(1).limit(3));
		onBoth((collection) -> collection.countDocuments(query));
		onBoth((collection) -> collection
			.aggregate(List.of(Aggregates.match(query), Aggregates.sort(BY_NUMBER), Aggregates.limit(5))));
	}

	@ParameterizedTest
	@MethodSource("queries")
	void updatesTheSameDocuments(Bson query) {
		onBoth((collection) -> collection.updateMany(query, Updates.combine(Updates.set("e", "event-2"),
				Updates.set("u", "user-1"), Updates.inc("n", 1000), Updates.push("list", "a3"))));
		onBoth((collection) -> collection.updateOne(Filters.and(query, Filters.eq("n", 12)),
				Updates.set("u", "user-1")));

		queries().forEach((other) -> onBoth((collection) -> collection.find(other).sort(BY_NUMBER)));
	}

	@ParameterizedTest
	@MethodSource("queries")
	void deletesTheSameDocuments(Bson query) {
		onBoth((collection) -> collection.deleteMany(query));

		queries().forEach((other) -> onBoth((collection) -> collection.find(other).sort(BY_NUMBER)));
	}

	@Test
	void findsTheSameDocumentsAfterARestart() {
		onBoth((collection) -> collection.updateMany(Filters.gt("n", 30), Updates.set("u", "user-1")));

		close();
		open();

		queries().forEach((query) -> onBoth((collection) -> collection.find(query).sort(BY_NUMBER)));
	}

}
