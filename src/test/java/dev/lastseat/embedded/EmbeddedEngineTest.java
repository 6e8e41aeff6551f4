package dev.lastseat.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

import com.mongodb.MongoWriteException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import de.bwaldvogel.mongo.backend.KeyValue;
import dev.lastseat.TestRun;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EmbeddedEngineTest {

	private static final Duration TIMEOUT = TestRun.TIMEOUT;

	private static final Document THING = new Document("_id", 1).append("count", 0).append("list", List.of());

	@TempDir
	private Path directory;

	private EmbeddedEngine start(EmbeddedSettings.Storage storage) {
		return new EmbeddedEngine(new EmbeddedSettings(storage, this.directory.resolve("data")));
	}

	@Test
	void keepsItsDataAfterARestart() {
		try (EmbeddedEngine engine = start(EmbeddedSettings.Storage.FILE)) {
			with(engine, (things) -> Mono.from(things.insertOne(THING)).block(TIMEOUT));
		}

		try (EmbeddedEngine engine = start(EmbeddedSettings.Storage.FILE)) {
			assertThat(this.<Document>with(engine, (things) -> Mono.from(things.find()).block(TIMEOUT)))
				.isEqualTo(THING);
		}
	}

	/** An update copies the id, and the bytes of the copy differ. */
	@Test
	void updatesAndDeletesADocumentWhoseIdIsADocument() {
		Document id = new Document("e", 1).append("u", "ada").append("s", 0);
		try (EmbeddedEngine engine = start(EmbeddedSettings.Storage.MEMORY)) {
			List<Document> left = with(engine,
					(things) -> Mono.from(things.createIndex(Indexes.ascending("u")))
						.then(Mono.from(things.insertOne(new Document("_id", id).append("u", "ada"))))
						.thenMany(Flux.range(1, 3))
						.concatMap((number) -> things.updateOne(Filters.eq("_id", id), Updates.set("n", number)))
						.then(Mono.from(things.deleteMany(Filters.eq("u", "ada"))))
						.thenMany(things.find())
						.collectList()
						.block(TIMEOUT));
			assertThat(left).isEmpty();
		}
	}

	/** A kill between the two writes of an insertion or a deletion leaves such files. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void repairsAUniqueIndexAfterAKill(boolean entryMissing) {
		Document ada = new Document("_id", 1).append("u", "ada");
		Document bob = new Document("_id", 2).append("u", "bob");
		try (EmbeddedEngine engine = start(EmbeddedSettings.Storage.FILE)) {
			with(engine,
					(things) -> Mono.from(things.createIndex(Indexes.ascending("u"), new IndexOptions().unique(true)))
						.then(Mono.from(things.insertMany(List.of(ada, bob))))
						.block(TIMEOUT));
		}
		change(entryMissing ? "test.things._index_u_1" : "databases.test.things",
				(entries) -> entries.remove(entries.firstKey()));

		try (EmbeddedEngine engine = start(EmbeddedSettings.Storage.FILE)) {
			List<Document> found = with(engine,
					(things) -> Flux.from(things.find(Filters.in("u", "ada", "bob"))).collectList().block(TIMEOUT));
			assertThat(found).containsExactlyInAnyOrderElementsOf(entryMissing ? List.of(ada, bob) : List.of(bob));
			if (entryMissing) {
				assertThatExceptionOfType(MongoWriteException.class)
					.isThrownBy(() -> with(engine,
							(things) -> Mono.from(things.insertOne(new Document("u", "ada"))).block(TIMEOUT)))
					.withMessageContaining("E11000");
			}
			else {
				with(engine, (things) -> Mono.from(things.insertOne(ada)).block(TIMEOUT));
			}
		}
	}

	/** Such files have entries for ids, whose documents a kill may have lost. */
	@Test
	void usesFilesOfEarlierVersions() {
		String ids = "test.things._index__id_";
		try (EmbeddedEngine engine = start(EmbeddedSettings.Storage.FILE)) {
			with(engine, (things) -> Mono.from(things.insertOne(THING)).block(TIMEOUT));
		}
		de.bwaldvogel.mongo.bson.Document lost = new de.bwaldvogel.mongo.bson.Document("e", 1).append("u", "ada");
		change(ids,
				(entries) -> IntStream.range(0, 1000)
					.mapToObj((number) -> lost.clone().append("s", number))
					.forEach((id) -> entries.put(new KeyValue(id), id)));

		try (EmbeddedEngine engine = start(EmbeddedSettings.Storage.FILE)) {
			with(engine, (things) -> Mono.from(things.insertOne(document(7))).block(TIMEOUT));
			assertThat(this.<List<Document>>with(engine,
					(things) -> Flux.from(things.find()).collectList().block(TIMEOUT)))
				.containsExactlyInAnyOrder(THING, document(7));
		}
		change("databases.test.things",
				(documents) -> assertThat(documents.getStore().getMapNames()).contains("databases.test.things")
					.doesNotContain(ids));
	}

	private static Document document(int number) {
		return new Document("_id", new Document("e", 1).append("u", "ada").append("s", number));
	}

	@Test
	void rejectsASecondDocumentWithTheSameId() {
		try (EmbeddedEngine engine = start(EmbeddedSettings.Storage.MEMORY)) {
			with(engine, (things) -> Mono.from(things.insertMany(List.of(document(1), document(2)))).block(TIMEOUT));

			assertThatExceptionOfType(MongoWriteException.class)
				.isThrownBy(() -> with(engine,
						(things) -> Mono.from(things.insertOne(document(2).append("u", "bob"))).block(TIMEOUT)))
				.withMessageContaining("E11000");
			with(engine,
					(things) -> Mono.from(things.deleteOne(document(2)))
						.then(Mono.from(things.insertOne(document(2).append("u", "bob"))))
						.block(TIMEOUT));
			assertThat(this.<List<Document>>with(engine,
					(things) -> Flux
						.from(things.find(Filters.in("_id", document(2).get("_id"), document(3).get("_id"))))
						.collectList()
						.block(TIMEOUT)))
				.containsExactly(document(2).append("u", "bob"));
		}
	}

	private void change(String map, Consumer<MVMap<Object, Object>> change) {
		String file = this.directory.resolve("data").resolve("lastseat.mv.db").toString();
		try (MVStore store = new MVStore.Builder().fileName(file).open()) {
			change.accept(store.openMap(map, new MVMap.Builder<>().keyType(new IdType()).valueType(new BsonType())));
		}
	}

	@Test
	void losesItsDataAfterARestartInMemory() {
		try (EmbeddedEngine engine = start(EmbeddedSettings.Storage.MEMORY)) {
			with(engine, (things) -> Mono.from(things.insertOne(THING)).block(TIMEOUT));
		}

		try (EmbeddedEngine engine = start(EmbeddedSettings.Storage.MEMORY)) {
			assertThat(this.<Long>with(engine, (things) -> Mono.from(things.countDocuments()).block(TIMEOUT))).isZero();
		}
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void listensOnTheLoopbackAddressOnly() {
		try (EmbeddedEngine engine = start(EmbeddedSettings.Storage.MEMORY)) {
			assertThat(engine.connectionString()).matches("mongodb://127\\.0\\.0\\.1:\\d+");
		}
	}

	@Test
	void refusesADirectoryInUseAndSuggestsActions() {
		try (EmbeddedEngine first = start(EmbeddedSettings.Storage.FILE)) {
			assertThat(first.connectionString()).isNotEmpty();
			assertThatExceptionOfType(EmbeddedStorageException.class)
				.isThrownBy(() -> start(EmbeddedSettings.Storage.FILE))
				.withMessageContaining("is in use by another Lastseat process")
				.withMessageContaining(this.directory.toString())
				.satisfies((refusal) -> assertThat(refusal.action()).contains("--lastseat.embedded.directory=",
						"--lastseat.embedded.storage=memory", "spring.mongodb.uri"));
		}
	}

	@Test
	void refusesAnUnreadableFile() throws Exception {
		Path data = Files.createDirectories(this.directory.resolve("data"));
		Files.writeString(data.resolve("lastseat.mv.db"), "not a database");

		assertThatExceptionOfType(EmbeddedStorageException.class).isThrownBy(() -> start(EmbeddedSettings.Storage.FILE))
			.withMessageContaining("cannot use its files in " + data);
	}

	@Test
	void refusesADirectoryThatIsAFile() throws Exception {
		Files.writeString(this.directory.resolve("data"), "not a directory");

		assertThatExceptionOfType(EmbeddedStorageException.class).isThrownBy(() -> start(EmbeddedSettings.Storage.FILE))
			.withMessageContaining("cannot use its files in");
	}

	/**
	 * The library itself changes a stored document field by field.
	 */
	@Test
	void readersNeverSeeAHalfMadeUpdate() {
		List<Document> seen;
		try (EmbeddedEngine engine = start(EmbeddedSettings.Storage.MEMORY)) {
			seen = with(engine, EmbeddedEngineTest::readWhileWriting);
		}

		assertThat(seen).hasSizeGreaterThan(100)
			.allSatisfy((thing) -> assertThat(thing.getList("list", Integer.class)).hasSize(thing.getInteger("count")));
	}

	/**
	 * No read is cancelled: the driver would log an error for a reply that arrives after
	 * its client is closed.
	 */
	private static List<Document> readWhileWriting(MongoCollection<Document> things) {
		AtomicBoolean written = new AtomicBoolean();
		Bson one = Filters.eq("_id", 1);
		Mono.from(things.insertOne(THING)).block(TIMEOUT);
		Mono<Integer> writing = Flux.range(0, 1_000)
			.concatMap((number) -> things.updateOne(one,
					Updates.combine(Updates.inc("count", 1), Updates.push("list", number))))
			.last()
			.thenReturn(1)
			.doOnTerminate(() -> written.set(true));
		return Mono
			.zip(writing,
					Flux.range(0, 8)
						.flatMap((reader) -> Mono.from(things.find(one)).repeat(() -> !written.get()), 8)
						.collectList())
			.block(TIMEOUT)
			.getT2();
	}

	private <T> T with(EmbeddedEngine engine, Function<MongoCollection<Document>, T> use) {
		try (MongoClient client = MongoClients.create(engine.connectionString())) {
			return use.apply(client.getDatabase("test").getCollection("things"));
		}
	}

}
