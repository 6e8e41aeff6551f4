package dev.lastseat.web;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the HTTP interface treats its clients.
 *
 * @param requestTimeout the longest that a client waits for an answer. It exceeds the
 * time of a single storage operation, since a refusal takes two
 */
public record WebSettings(@DefaultValue("10s") Duration requestTimeout) {

	public WebSettings {
		if (requestTimeout.toMillis() < 1) {
			throw new IllegalArgumentException("lastseat.web.request-timeout must be at least 1ms");
		}
	}

}
