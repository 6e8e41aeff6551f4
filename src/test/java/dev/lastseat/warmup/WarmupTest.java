package dev.lastseat.warmup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import dev.lastseat.CapturedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.DefaultApplicationArguments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The time and the failures of a warm-up.
 */
class WarmupTest {

	private static final Duration SHORT = Duration.ofMillis(1);

	@RegisterExtension
	final CapturedLog log = CapturedLog.of(Warmup.class.getName());

	private static void run(Warmup warmup) throws InterruptedException {
		warmup.run(new DefaultApplicationArguments());
	}

	@Test
	void startsNothingWithoutATime() throws InterruptedException {
		List<String> started = new ArrayList<>();
		Warmup warmup = new Warmup(Duration.ZERO, () -> {
			started.add("scratch service");
			throw new IllegalStateException("started");
		});

		run(warmup);

		assertThat(started).isEmpty();
	}

	@Test
	void startsTheScratchServiceWithTheShortestTime() throws InterruptedException {
		List<String> started = new ArrayList<>();
		Warmup warmup = new Warmup(SHORT, () -> {
			started.add("scratch service");
			throw new IllegalStateException("started");
		});

		run(warmup);

		assertThat(started).hasSize(1);
		assertThat(this.log.lines()).hasSize(1);
	}

	@Test
	void logsAFailureOnceAndContinues() throws InterruptedException {
		Warmup warmup = new Warmup(Duration.ofHours(1), () -> {
			throw new IllegalStateException(new NoClassDefFoundError("a mistake"));
		});

		run(warmup);

		assertThat(this.log.lines()).containsExactly(
				"WARN Warm-up: failed, the first requests may be slow: java.lang.NoClassDefFoundError: a mistake");
	}

	@Test
	void doesNotWaitForAScratchServiceThatHangs() throws InterruptedException {
		CountDownLatch released = new CountDownLatch(1);
		Warmup warmup = new Warmup(SHORT, () -> {
			await(released);
			throw new IllegalStateException("released");
		});

		run(warmup);

		assertThat(this.log.lines())
			.containsExactly("WARN Warm-up: did not end in time, the first requests may be slow");
		released.countDown();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void rejectsANegativeTime() {
		assertThatIllegalArgumentException().isThrownBy(() -> new WarmupSettings(Duration.ofMillis(-1)))
			.withMessage("lastseat.warmup.time must not be negative");
		assertThat(new WarmupSettings(Duration.ZERO).time()).isZero();
	}

}
