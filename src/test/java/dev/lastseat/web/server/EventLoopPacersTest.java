package dev.lastseat.web.server;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import dev.lastseat.TestRun;
import dev.lastseat.booking.AnswerPacer;
import dev.lastseat.booking.AnswerPacers;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The event loop of an answer, and the moment of a slice.
 */
class EventLoopPacersTest {

	private final List<EventExecutor> loops = List.of(new DefaultEventExecutor(), new DefaultEventExecutor());

	private final AnswerPacers others = AnswerPacers.of(Schedulers.immediate());

	private final EventLoopPacers pacers = new EventLoopPacers(this.loops, this.others);

	@AfterEach
	void stop() {
		this.loops.forEach((loop) -> loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly());
	}

	private AnswerPacer pacerOf(EventExecutor loop) {
		return loop.submit(this.pacers::ofCurrentThread).syncUninterruptibly().getNow();
	}

	@Test
	void answersARequestOnTheEventLoopThatHasReadIt() throws Exception {
		for (EventExecutor loop : this.loops) {
			CompletableFuture<Boolean> answered = new CompletableFuture<>();
			CompletableFuture<Boolean> answeredInSlice = new CompletableFuture<>();

			pacerOf(loop).execute(() -> answered.complete(loop.inEventLoop()));
			pacerOf(loop).schedule(() -> answeredInSlice.complete(loop.inEventLoop()));

			assertThat(get(answered)).isTrue();
			assertThat(get(answeredInSlice)).isTrue();
		}
	}

	@Test
	void hasOnePacerForEachEventLoop() {
		assertThat(pacerOf(this.loops.get(0))).isSameAs(pacerOf(this.loops.get(0)))
			.isNotEqualTo(pacerOf(this.loops.get(1)));
	}

	@Test
	void runsASliceAfterTheOtherWorkOfTheEventLoop() throws Exception {
		EventExecutor loop = this.loops.get(0);
		AnswerPacer pacer = pacerOf(loop);
		List<String> order = new CopyOnWriteArrayList<>();
		CompletableFuture<Boolean> last = new CompletableFuture<>();

		loop.execute(() -> {
			pacer.schedule(() -> {
				order.add("slice");
				last.complete(true);
			});
			loop.execute(() -> order.add("work"));
		});

		get(last);
		assertThat(order).containsExactly("work", "slice");
	}

	@Test
	void usesAnotherPacerOutsideOfTheEventLoops() {
		assertThat(this.pacers.ofCurrentThread()).isSameAs(this.others.ofCurrentThread());
	}

	@Test
	void failsWhenTheEventLoopIsShutDown() {
		AnswerPacer pacer = pacerOf(this.loops.get(0));
		stop();

		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pacer.schedule(() -> {
		}));
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pacer.execute(() -> {
		}));
	}

	private static Boolean get(CompletableFuture<Boolean> future) throws Exception {
		return future.get(TestRun.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
	}

}
