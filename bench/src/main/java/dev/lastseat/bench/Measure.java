package dev.lastseat.bench;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The figure of a run that is compared.
 */
enum Measure {

	/** Requests that were decided, each second. */
	RATE("/s", "%,.0f/s", Run::rate),

	/**
	 * Requests that were decided within a second of their intended start, each second.
	 */
	GOODPUT("/s", "%,.0f/s", Run::goodput),

	/** What half of the requests take at most. */
	P50("ms", "%.2f ms", (run) -> run.latency(50)),

	/** What 99 of 100 requests take at most. */
	P99("ms", "%.2f ms", (run) -> run.latency(99));

	private final String unit;

	private final String format;

	private final ToDoubleFunction<Run> figure;

	Measure(String unit, String format, ToDoubleFunction<Run> figure) {
		this.unit = unit;
		this.format = format;
		this.figure = figure;
	}

	String unit() {
		return this.unit;
	}

	String format(double figure) {
		return String.format(Locale.ROOT, this.format, figure);
	}

	double of(Run run) {
		return this.figure.applyAsDouble(run);
	}

}
