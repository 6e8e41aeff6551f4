package dev.lastseat;

import java.nio.file.Path;
import java.time.Instant;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.SettableClock;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The {@code curl} commands of the documentation have the outputs that it shows. The test
 * sets the clock, so a documented sleep takes no time.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "lastseat.embedded.storage=memory")
class DocumentedCommandsTest {

	private static final Instant NOW = Instant.parse("2026-11-26T10:00:00.534Z");

	@LocalServerPort
	private int port;

	@Autowired
	private SettableClock clock;

	@Autowired
	private MongoDatabase database;

	@TempDir
	private Path directory;

	/** A page begins with a service without events. */
	@BeforeEach
	void deleteEvents() {
		Mono.from(this.database.getCollection("events").deleteMany(new Document())).block();
		this.clock.set(NOW);
	}

	@ParameterizedTest
	@CsvSource({ "README.md, 20", "docs/api.md, 30" })
	void haveTheDocumentedOutputs(String file, int atLeast) {
		try (DocumentedCommands commands = new DocumentedCommands(MarkdownPage.read(Path.of(file)),
				"127.0.0.1:" + this.port, this.directory, this.clock::advance)) {
			assertThat(commands.run()).isGreaterThanOrEqualTo(atLeast);
		}
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class ClockOfTheTest {

		@Bean
		@Primary
		SettableClock settableClock() {
			return new SettableClock(NOW);
		}

	}

}
