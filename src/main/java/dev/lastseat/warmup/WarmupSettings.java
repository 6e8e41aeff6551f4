package dev.lastseat.warmup;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the warm-up.
 *
 * @param time the maximum time by which the warm-up delays readiness; 2 s more if it
 * hangs. Zero for no warm-up
 */
public record WarmupSettings(@DefaultValue("25s") Duration time) {

	public WarmupSettings {
		if (time.isNegative()) {
			throw new IllegalArgumentException("lastseat.warmup.time must not be negative");
		}
	}

}
