package dev.lastseat.embedded;

import java.io.ObjectStreamClass;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;

import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.ObjectId;
import dev.lastseat.TestRun;
import org.bson.Document;
import org.h2.engine.Constants;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fails when an upgrade can change the internals of libraries that the embedded engine
 * depends on. The package documentation of {@code dev.lastseat.embedded} lists them.
 */
class LibraryInternalsTest {

	private static final Duration TIMEOUT = TestRun.TIMEOUT;

	private static final String CHECK = "After an upgrade, check each dependency on internals that the package-info of "
			+ "dev.lastseat.embedded lists. Then change the version here.";

	private static String fileName(Class<?> type) {
		return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()).getFileName().toString();
	}

	@Test
	void librariesHaveTheVersionsThatWereChecked() {
		assertThat(fileName(MongoServer.class)).as(CHECK).isEqualTo("mongo-java-server-core-1.47.0.jar");
		assertThat(fileName(H2Backend.class)).as(CHECK).isEqualTo("mongo-java-server-h2-backend-1.47.0.jar");
		assertThat(Constants.VERSION).as(CHECK).isEqualTo("2.4.240");
	}

	/** H2 stores values of these types with Java serialization. */
	@Test
	void storedTypesHaveASerialFormThatDoesNotDependOnTheirMethods() {
		assertThat(Stream.of(de.bwaldvogel.mongo.bson.Document.class, ObjectId.class, KeyValue.class, Missing.class))
			.allSatisfy((type) -> assertThat(ObjectStreamClass.lookup(type).getSerialVersionUID())
				.as("%s: a file of an older version would be unreadable", type)
				.isEqualTo(1));
	}

	private static void insert(MongoServer server) {
		try (MongoClient client = MongoClients.create("mongodb://127.0.0.1:" + server.bind().getPort())) {
			MongoCollection<Document> things = client.getDatabase("test").getCollection("things");
			Mono.from(things.createIndex(Indexes.ascending("u"), new IndexOptions().unique(true))).block(TIMEOUT);
			Mono.from(things.insertOne(new Document("u", "ada"))).block(TIMEOUT);
		}
		finally {
			server.stopListening();
		}
	}

	/** {@link EmbeddedDatabase} repeats these names, which are private in the library. */
	@ParameterizedTest
	@ValueSource(strings = { "databases.test.things", "meta.test.things", "test.things._index_u_1" })
	void libraryAndEngineUseTheSameMaps(String map) {
		try (MVStore library = MVStore.open(null); MVStore engine = MVStore.open(null)) {
			insert(new MongoServer(new H2Backend(library)));
			insert(new MongoServer(new EmbeddedBackend(engine)));

			assertThat(Set.of(library, engine))
				.allSatisfy((store) -> assertThat(store.openMap(map).size()).as(map).isEqualTo(1));
			assertThat(library.getMapNames()).contains("test.things._index__id_").containsAll(engine.getMapNames());
		}
	}

}
