package dev.lastseat.warmup;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The compilers of Java, while load goes on: when they have little left to do, the
 * process is warm. Thread-safe.
 */
final class Compilers {

	/** Longer than most compilations: the time of one counts when it ends. */
	private static final Duration WINDOW = Duration.ofSeconds(2);

	/** The compilers are idle when they take less than this part of one processor. */
	private static final double IDLE = 0.5;

	private final LongSupplier clock;

	private final LongSupplier compiled;

	private long begin;

	private long before;

	private boolean idle;

	/**
	 * @param clock in nanoseconds
	 * @param compiled the time that was spent in compilations, in milliseconds
	 */
	Compilers(LongSupplier clock, LongSupplier compiled) {
		this.clock = clock;
		this.compiled = compiled;
		this.begin = clock.getAsLong();
		this.before = compiled.getAsLong();
	}

	/** Never idle if this Java does not measure the time of its compilations. */
	static Compilers ofThisProcess() {
		CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
		return new Compilers(System::nanoTime,
				isMeasured(compilers) ? compilers::getTotalCompilationTime : System::currentTimeMillis);
	}

	private static boolean isMeasured(@Nullable CompilationMXBean compilers) {
		return compilers != null && compilers.isCompilationTimeMonitoringSupported();
	}

	/**
	 * Whether the compilers were idle for a {@link #WINDOW}.
	 */
	synchronized boolean areIdle() {
		long elapsed = this.clock.getAsLong() - this.begin;
		if (!this.idle && elapsed >= WINDOW.toNanos()) {
			long total = this.compiled.getAsLong();
			this.idle = (total - this.before) * 1_000_000 < IDLE * elapsed;
			this.begin += elapsed;
			this.before = total;
		}
		return this.idle;
	}

}
