package dev.lastseat.web.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import dev.lastseat.TestRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * When timeouts run, and on which thread.
 */
class TimeoutSchedulerTest {

	private static final Duration SHORT = Duration.ofMillis(30);

	private final TimeoutScheduler scheduler = new TimeoutScheduler(Schedulers.parallel());

	@AfterEach
	void stop() {
		this.scheduler.dispose();
	}

	@Test
	void runsATimeoutWhenItIsDueOnTheSchedulerOfTheTasks() throws Exception {
		AtomicReference<Thread> thread = new AtomicReference<>();
		CountDownLatch due = new CountDownLatch(1);
		long start = System.nanoTime();

		this.scheduler.schedule(() -> {
			thread.set(Thread.currentThread());
			due.countDown();
		}, SHORT.toNanos(), TimeUnit.NANOSECONDS);

		assertThat(due.await(TestRun.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
		assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
		assertThat(thread.get().getName()).startsWith("parallel-");
	}

	@Test
	void doesNotRunACancelledTimeout() throws Exception {
		AtomicReference<String> first = new AtomicReference<>();
		CountDownLatch later = new CountDownLatch(1);
		Disposable cancelled = this.scheduler.schedule(() -> first.set("cancelled"), SHORT.toNanos(),
				TimeUnit.NANOSECONDS);

		cancelled.dispose();
		this.scheduler.schedule(later::countDown, 2 * SHORT.toNanos(), TimeUnit.NANOSECONDS);

		assertThat(later.await(TestRun.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
		assertThat(first).hasValue(null);
	}

	@Test
	void timesOutAnOperator() {
		Mono.never().timeout(SHORT, this.scheduler).as(StepVerifier::create).verifyError(TimeoutException.class);
	}

	@Test
	void rejectsTimeoutsAfterItsEnd() {
		this.scheduler.dispose();

		assertThatIllegalStateException().isThrownBy(() -> this.scheduler.schedule(() -> {
		}, 1, TimeUnit.SECONDS));
	}

}
