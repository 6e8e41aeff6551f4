package dev.lastseat.web;

import java.time.Duration;

import dev.lastseat.web.log.LoggedRequests;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the HTTP interface.
 *
 * @param requestTimeout the maximum time until a response starts. It exceeds the time
 * limit of one storage operation, because a rejection needs two
 * @param readTimeout the maximum time until the body of a request has arrived
 * @param idleTimeout the maximum time that a connection stays open without a request in
 * progress
 * @param writeTimeout the maximum time that a stream waits for a client that does not
 * read, after the buffers of the connection are full; then the connection is closed
 * @param maxStreams the maximum number of open streams
 * @param drainTime the time at a shutdown during which the service still accepts requests
 * but reports that it is not ready. It makes the shutdown longer
 * @param accessLog the requests that are written to the access log
 * @param cors the web pages of other origins that may call the API
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
