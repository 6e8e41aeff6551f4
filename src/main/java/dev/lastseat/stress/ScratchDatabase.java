package dev.lastseat.stress;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * A database for the run of one command. It is dropped when the command ends or is
 * interrupted. So a race on a server with real events is invisible to their users and
 * leaves nothing behind.
 * <p>
 * It has its own client: the client of the service may have thousands of operations in
 * its queue when the database is dropped. Operations that arrive after the drop find no
 * event and create nothing.
 */
final class ScratchDatabase implements DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(ScratchDatabase.class);

	/** The time limit to connect or to drop: longer than either takes. */
	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final MongoClient client;

	private final String name;

	private volatile boolean reached;

	ScratchDatabase(MongoConnectionDetails server, String name) {
		MongoClientSettings.Builder settings = MongoClientSettings.builder()
			.timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
			.applyConnectionString(server.getConnectionString());
		SslBundle ssl = server.getSslBundle();
		if (ssl != null) {
			settings.applyToSslSettings((tls) -> tls.enabled(true).context(ssl.createSslContext()));
		}
		this.client = MongoClients.create(settings.build());
		this.name = name;
	}

	static String newName() {
		return "lastseat_stress_" + UUID.randomUUID().toString().substring(0, 8);
	}

	/**
	 * Checks that the server answers. The database is dropped only after that: before it,
	 * nothing was stored.
	 */
	Mono<Void> reach() {
		return Mono.from(this.client.getDatabase(this.name).runCommand(new Document("ping", 1)))
			.doOnNext((answer) -> this.reached = true)
			.then();
	}

	/** Drops the database and waits for it, because the process ends right after. */
	@Override
	public void destroy() {
		if (this.reached) {
			Mono.from(this.client.getDatabase(this.name).drop())
				.doOnError((error) -> logger.warn("Database {} could not be dropped, please drop it: {}", this.name,
						error.getMessage()))
				.onErrorComplete()
				.toFuture()
				.join();
		}
		this.client.close();
	}

}
