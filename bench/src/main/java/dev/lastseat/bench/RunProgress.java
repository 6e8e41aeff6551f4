package dev.lastseat.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * Prints the name and number of each run and an estimate of the remaining time.
 */
final class RunProgress {

	private final int total;

	private final PrintWriter out;

	private final long begin = System.nanoTime();

	private int done;

	RunProgress(int total, PrintWriter out) {
		this.total = total;
		this.out = out;
	}

	void next(String what) {
		this.out.printf(Locale.ROOT, "... run %d of %d: %s%s%n", this.done + 1, this.total, what, remaining());
		this.done++;
	}

	private String remaining() {
		if (this.done == 0) {
			return "";
		}
		long nanos = (System.nanoTime() - this.begin) / this.done * (this.total - this.done);
		return String.format(Locale.ROOT, ", about %d s left", Duration.ofNanos(nanos).toSeconds() + 1);
	}

}
