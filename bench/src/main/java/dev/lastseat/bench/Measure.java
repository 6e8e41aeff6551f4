package dev.lastseat.bench;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The value of a run that a row compares. */
enum Measure {

	/** Decided requests per second. */
	RATE("/s", "%,.0f/s", Run::rate),

	/**
	 * Requests per second that were decided within a second of their intended start.
	 */
	GOODPUT("/s", "%,.0f/s", Run::goodput),

	/** The median latency. */
	P50("ms", "%.2f ms", (run) -> run.latency(50)),

	/** The latency that 99 % of the requests do not exceed. */
	P99("ms", "%.2f ms", (run) -> run.latency(99)),

	/** The heap for each request: here, for each open stream. */
	HEAP("KB", "%.1f KB", Run::heapEach);

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
