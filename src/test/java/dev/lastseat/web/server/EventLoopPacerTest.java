package dev.lastseat.web.server;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import dev.lastseat.TestRun;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The condition for the next slice of answers.
 */
class EventLoopPacerTest {

	private final List<EventExecutor> loops = List.of(new DefaultEventExecutor(), new DefaultEventExecutor());

	private final EventLoopPacer pacer = new EventLoopPacer(this.loops, Schedulers.immediate());

	private final AtomicInteger slices = new AtomicInteger();

	@AfterEach
	void stop() {
		this.loops.forEach((loop) -> loop.shutdownGracefully().syncUninterruptibly());
	}

	@Test
	void runsASliceAfterTheTasksOfEachEventLoop() {
		CountDownLatch work = new CountDownLatch(1);
		CountDownLatch otherLoopPassed = new CountDownLatch(1);
		this.loops.get(0).execute(() -> await(work));

		this.pacer.schedule(this.slices::incrementAndGet);
		this.loops.get(1).execute(otherLoopPassed::countDown);
		await(otherLoopPassed);

		assertThat(this.slices).hasValue(0);
		work.countDown();
		Awaitility.await().atMost(TestRun.TIMEOUT).untilAsserted(() -> assertThat(this.slices).hasValue(1));
	}

	@Test
	void runsASliceOnce() {
		this.pacer.schedule(this.slices::incrementAndGet);
		this.pacer.schedule(this.slices::incrementAndGet);

		this.loops.forEach((loop) -> loop.submit(() -> {
		}).syncUninterruptibly());
		assertThat(this.slices).hasValue(2);
	}

	@Test
	void failsWhenTheEventLoopsAreShutDown() {
		stop();

		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> this.pacer.schedule(this.slices::incrementAndGet));
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
