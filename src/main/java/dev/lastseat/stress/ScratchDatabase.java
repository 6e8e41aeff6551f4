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
 * A database that lives as long as a command does, and is dropped with it: also when the
 * command is interrupted. On a server with real events nobody sees those of a race, and
 * nothing of it remains.
 * <p>
 * It has a client of its own, because that of the service may have thousands of
 * operations in line when the time has come. Those that arrive after the drop find no
 * event, and bring nothing back.
 */
final class ScratchDatabase implements DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(ScratchDatabase.class);

	/** Longer than it takes to connect or to drop, and short enough to wait for. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final MongoClient client;

	private final String name;

	private volatile boolean reached;

	ScratchDatabase(MongoConnectionDetails server, String name) {
		MongoClientSettings.Builder settings = MongoClientSettings.builder()
			.timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
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
	 * Makes sure that the server answers. Before that there is nothing to drop.
	 */
	Mono<Void> reach() {
		return Mono.from(this.client.getDatabase(this.name).runCommand(new Document("ping", 1)))
			.doOnNext((answer) -> this.reached = true)
			.then();
	}

	/**
	 * Waits for the server, since the process ends right after.
	 */
	@Override
	public void destroy() {
		if (this.reached) {
			Mono.from(this.client.getDatabase(this.name).drop())
				.doOnError((error) -> logger.warn("Database {} could not be dropped, please do: {}", this.name,
						error.getMessage()))
				.onErrorComplete()
				.toFuture()
				.join();
		}
		this.client.close();
	}

}
