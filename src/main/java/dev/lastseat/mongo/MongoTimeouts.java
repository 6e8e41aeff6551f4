package dev.lastseat.mongo;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the driver waits, and for what. An option of the same meaning in the
 * connection string wins over these.
 *
 * @param connectTimeout for a TCP connection and its handshake
 * @param serverSelectionTimeout for a primary to be known; the longest that an operation
 * hangs while the database is away
 * @param operationTimeout for one operation from first to last, with the wait for a
 * connection and the driver's own retry
 */
public record MongoTimeouts(@DefaultValue("2s") Duration connectTimeout,
		@DefaultValue("2s") Duration serverSelectionTimeout, @DefaultValue("5s") Duration operationTimeout) {

	public MongoTimeouts {
		requireWithinBounds("connect-timeout", connectTimeout);
		requireWithinBounds("server-selection-timeout", serverSelectionTimeout);
		requireWithinBounds("operation-timeout", operationTimeout);
	}

	/**
	 * An hour is long for each of them, and the driver counts in milliseconds of 32 bits.
	 */
	private static void requireWithinBounds(String name, Duration duration) {
		if (duration.compareTo(Duration.ofMillis(1)) < 0 || duration.compareTo(Duration.ofHours(1)) > 0) {
			throw new IllegalArgumentException("lastseat.mongodb." + name + " must be at least 1ms and at most 1h");
		}
	}

}
