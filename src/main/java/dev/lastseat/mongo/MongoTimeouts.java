package dev.lastseat.mongo;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Time limits of the driver. An option of the connection string overrides the limit of
 * the same meaning.
 *
 * @param connectTimeout limit for opening a TCP connection, including its handshake
 * @param serverSelectionTimeout limit for finding the primary. While the database is
 * unavailable, an operation fails after this time
 * @param operationTimeout limit for one operation, including the wait for a connection
 * and the retry by the driver
 */
public record MongoTimeouts(@DefaultValue("2s") Duration connectTimeout,
		@DefaultValue("2s") Duration serverSelectionTimeout, @DefaultValue("5s") Duration operationTimeout) {

	public MongoTimeouts {
		requireWithinBounds("connect-timeout", connectTimeout);
		requireWithinBounds("server-selection-timeout", serverSelectionTimeout);
		requireWithinBounds("operation-timeout", operationTimeout);
	}

	/**
	 * The driver counts milliseconds in 32 bits, and no useful limit exceeds an hour.
	 */
	private static void requireWithinBounds(String name, Duration duration) {
		if (duration.compareTo(Duration.ofMillis(1)) < 0 || duration.compareTo(Duration.ofHours(1)) > 0) {
			throw new IllegalArgumentException("lastseat.mongodb." + name + " must be at least 1ms and at most 1h");
		}
	}

}
