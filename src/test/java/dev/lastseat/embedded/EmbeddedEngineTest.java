package dev.lastseat.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import dev.lastseat.TestRun;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EmbeddedEngineTest {

	private static final Duration PATIENCE = TestRun.PATIENCE;

	private static final Document THING = new Document("_id", 1).append("count", 0).append("list", List.of());

	@TempDir
	private Path directory;

	private EmbeddedEngine start(EmbeddedSettings.Storage storage) {
		return new EmbeddedEngine(new EmbeddedSettings(storage, this.directory.resolve("data")));
	}

	@Test
	void keepsItsFilesFromOneStartToTheNext() {
		try (EmbeddedEngine engine = start(EmbeddedSettings.Storage.FILE)) {
			with(engine, (things) -> Mono.from(things.insertOne(THING)).block(PATIENCE));
		}

		try (EmbeddedEngine engine = start(EmbeddedSettings.Storage.FILE)) {
			assertThat(this.<Document>with(engine, (things) -> Mono.from(things.find()).block(PATIENCE)))
				.isEqualTo(THING);
		}
	}

	@Test
	void keepsNothingInMemory() {
		try (EmbeddedEngine engine = start(EmbeddedSettings.Storage.MEMORY)) {
			with(engine, (things) -> Mono.from(things.insertOne(THING)).block(PATIENCE));
		}

		try (EmbeddedEngine engine = start(EmbeddedSettings.Storage.MEMORY)) {
			assertThat(this.<Long>with(engine, (things) -> Mono.from(things.countDocuments()).block(PATIENCE)))
				.isZero();
		}
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void listensOnLoopbackOnly() {
		try (EmbeddedEngine engine = start(EmbeddedSettings.Storage.MEMORY)) {
			assertThat(engine.connectionString()).matches("mongodb://127\\.0\\.0\\.1:\\d+");
		}
	}

	@Test
	void refusesADirectoryInUseAndSaysWhatToDo() {
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
	void refusesAFileThatItCannotRead() throws Exception {
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
	 * With the engine's own number of threads, some of these readers see a count and a
	 * list that do not belong together.
	 */
	@Test
	void showsNobodyADocumentHalfChanged() {
		List<Document> seen;
		try (EmbeddedEngine engine = start(EmbeddedSettings.Storage.MEMORY)) {
			seen = with(engine, EmbeddedEngineTest::readWhileWriting);
		}

		assertThat(seen).hasSizeGreaterThan(100)
			.allSatisfy((thing) -> assertThat(thing.getList("list", Integer.class)).hasSize(thing.getInteger("count")));
	}

	private static List<Document> readWhileWriting(MongoCollection<Document> things) {
		Bson one = Filters.eq("_id", 1);
		Mono.from(things.insertOne(THING)).block(PATIENCE);
		Mono<Integer> writing = Flux.range(0, 1_000)
			.concatMap((number) -> things.updateOne(one,
					Updates.combine(Updates.inc("count", 1), Updates.push("list", number))))
			.last()
			.thenReturn(1)
			.cache();
		return Mono
			.zip(writing,
					Flux.range(0, 8)
						.flatMap((reader) -> Mono.from(things.find(one)).repeat().takeUntilOther(writing), 8)
						.collectList())
			.block(PATIENCE)
			.getT2();
	}

	private <T> T with(EmbeddedEngine engine, Function<MongoCollection<Document>, T> use) {
		try (MongoClient client = MongoClients.create(engine.connectionString())) {
			return use.apply(client.getDatabase("test").getCollection("things"));
		}
	}

}
