package dev.lastseat.warmup;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When the compilers count as idle.
 */
class CompilersTest {

	/** The clock of Java has no beginning, and can be negative. */
	private long seconds = -1_000;

	private long compiled = 700_000;

	private final Compilers compilers = new Compilers(() -> TimeUnit.SECONDS.toNanos(this.seconds),
			() -> this.compiled);

	private boolean areIdleAfter(long seconds, long compiledMillis) {
		this.seconds += seconds;
		this.compiled += compiledMillis;
		return this.compilers.areIdle();
	}

	@Test
	void areNotIdleBeforeTheEndOfAWindow() {
		assertThat(this.compilers.areIdle()).isFalse();
		assertThat(areIdleAfter(1, 0)).isFalse();
		assertThat(areIdleAfter(1, 0)).isTrue();
	}

	@Test
	void areNotIdleWhileTheyTakeHalfAProcessor() {
		assertThat(areIdleAfter(2, 1_000)).isFalse();
		assertThat(areIdleAfter(4, 2_000)).isFalse();
		assertThat(areIdleAfter(2, 999)).isTrue();
	}

	@Test
	void countEachWindowAlone() {
		assertThat(areIdleAfter(2, 5_000)).isFalse();
		assertThat(areIdleAfter(2, 0)).isTrue();
	}

	@Test
	void stayIdle() {
		assertThat(areIdleAfter(2, 0)).isTrue();
		assertThat(areIdleAfter(2, 9_000)).isTrue();
	}

	@Test
	void measureThisProcess() {
		assertThat(Compilers.ofThisProcess().areIdle()).as("before the end of a window").isFalse();
	}

}
