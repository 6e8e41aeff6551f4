package dev.lastseat.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Few looks of many signals, in virtual time.
 */
class ConflationTest {

	private static final Duration PAUSE = Duration.ofMillis(100);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final Sinks.Many<Integer> signals = Sinks.many().multicast().directBestEffort();

	private final List<String> looks = new ArrayList<>();

	private boolean completed;

	/** What is there to be seen. */
	private int state;

	private Duration lookTakes = Duration.ZERO;

	private final Disposable conflated = new Conflation(PAUSE, this.time)
		.conflate(this.signals.asFlux(), (signal) -> look())
		.subscribe((seen) -> this.looks.add(now() + "ms: " + seen), (error) -> {
		}, () -> this.completed = true);

	private Mono<Integer> look() {
		Mono<Integer> look = Mono.fromSupplier(() -> this.state);
		return this.lookTakes.isZero() ? look : look.delayElement(this.lookTakes, this.time);
	}

	private long now() {
		return this.time.now(TimeUnit.MILLISECONDS);
	}

	private void change() {
		this.state++;
		this.signals.tryEmitNext(this.state).orThrow();
	}

	private void pass(long millis) {
		this.time.advanceTimeBy(Duration.ofMillis(millis));
	}

	@Test
	void looksAtOnceAfterTheFirstSignal() {
		pass(1_000);

		change();

		assertThat(this.looks).containsExactly("1000ms: 1");
	}

	@Test
	void looksTwiceForABurstAndSeesTheFirstAndTheLast() {
		for (int i = 0; i < 50; i++) {
			change();
			pass(1);
		}

		pass(10_000);

		assertThat(this.looks).containsExactly("0ms: 1", "100ms: 50");
	}

	@Test
	void looksTenTimesASecondWhileSignalsKeepComing() {
		for (int i = 0; i < 1_000; i++) {
			change();
			pass(1);
		}

		pass(10_000);

		assertThat(this.looks).hasSize(11)
			.startsWith("0ms: 1", "100ms: 100", "200ms: 200")
			.endsWith("900ms: 900", "1000ms: 1000");
	}

	@Test
	void looksAgainForASignalThatCameWhileItLooked() {
		this.lookTakes = Duration.ofMillis(40);
		change();
		pass(20);

		change();
		pass(10_000);

		// The first saw the second change too, but nobody can know that.
		assertThat(this.looks).hasSize(2).first().isEqualTo("40ms: 1");
		assertThat(this.looks).last().isEqualTo("180ms: 2");
	}

	@Test
	void looksAtOnceForASignalAfterThePause() {
		change();
		pass(100);

		change();

		assertThat(this.looks).containsExactly("0ms: 1", "100ms: 2");
	}

	@Test
	void doesNotLookAtOnceForASignalInThePause() {
		change();
		pass(99);

		change();

		assertThat(this.looks).containsExactly("0ms: 1");
	}

	@Test
	void doesNotLookWithoutASignal() {
		pass(60_000);
		assertThat(this.looks).isEmpty();

		change();
		pass(60_000);

		assertThat(this.looks).hasSize(1);
	}

	@Test
	void looksForTheLastSignalBeforeItCompletes() {
		change();
		change();

		this.signals.tryEmitComplete().orThrow();
		pass(1_000);

		assertThat(this.looks).containsExactly("0ms: 1", "100ms: 2");
		assertThat(this.completed).isTrue();
	}

	@Test
	void stopsWhenItIsCancelled() {
		change();
		change();

		this.conflated.dispose();
		pass(1_000);

		assertThat(this.looks).hasSize(1);
		assertThat(this.signals.currentSubscriberCount()).isZero();
	}

}
