package dev.lastseat.stress.bench;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How much is measured.
 *
 * @param quick leaves out what the other rows tell as well
 * @param pairs of each row, {@value #MIN_PAIRS} or more
 * @param requests of a run of a closed loop, at most
 * @param events that nobody storms
 * @param limit of a run of a closed loop, and the length of one of an open loop
 * @param warmUp of each kind of request, before anything is measured
 * @param only the beginning of the names of the rows to measure; null for all
 */
public record BenchSettings(boolean quick, int pairs, int requests, int events, Duration limit, Duration warmUp,
		@Nullable String only) {

	/** Fewer say little of how far the ratios scatter. */
	public static final int MIN_PAIRS = 5;

	boolean includes(String row) {
		return this.only == null || row.startsWith(this.only);
	}

}
