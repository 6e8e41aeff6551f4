package dev.lastseat.web;

import java.time.Duration;

import dev.lastseat.web.log.LoggedRequests;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the HTTP interface treats its clients.
 *
 * @param requestTimeout the longest that a client waits for an answer. It exceeds the
 * time of a single storage operation, since a refusal takes two
 * @param readTimeout the longest that the body of a request may take to arrive
 * @param idleTimeout the longest that a connection may stay open without a request under
 * way
 * @param writeTimeout the longest that a stream waits for a client that does not read,
 * once the buffers of the connection are full; then the connection is closed
 * @param maxStreams how many streams may be open at once
 * @param drainTime how long, at a shutdown, new requests are still answered while the
 * service already reports that it is not ready. The shutdown takes that much longer
 * @param accessLog which requests get a line in the access log
 * @param cors which web pages of other origins may call the API
 */
public record WebSettings(@DefaultValue("10s") Duration requestTimeout, @DefaultValue("5s") Duration readTimeout,
		@DefaultValue("60s") Duration idleTimeout, @DefaultValue("30s") Duration writeTimeout,
		@DefaultValue("10000") int maxStreams, @DefaultValue("0s") Duration drainTime,
		@DefaultValue("problems") LoggedRequests accessLog,
		@NestedConfigurationProperty @DefaultValue CorsSettings cors) {

	public WebSettings {
		requirePositive("request-timeout", requestTimeout);
		requirePositive("read-timeout", readTimeout);
		requirePositive("idle-timeout", idleTimeout);
		requirePositive("write-timeout", writeTimeout);
		if (maxStreams < 0) {
			throw new IllegalArgumentException("lastseat.web.max-streams must not be negative");
		}
		if (drainTime.isNegative()) {
			throw new IllegalArgumentException("lastseat.web.drain-time must not be negative");
		}
	}

	private static void requirePositive(String name, Duration timeout) {
		if (timeout.toMillis() < 1) {
			throw new IllegalArgumentException("lastseat.web." + name + " must be at least 1ms");
		}
	}

}
