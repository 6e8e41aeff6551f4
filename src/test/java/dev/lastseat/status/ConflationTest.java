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
 * Many signals cause few reads, in virtual time.
 */
class ConflationTest {

	private static final Duration INTERVAL = Duration.ofMillis(100);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final Sinks.Many<Integer> signals = Sinks.many().multicast().directBestEffort();

	private final List<String> reads = new ArrayList<>();

	private boolean completed;

	/** The state that a read finds. */
	private int state;

	private Duration readDuration = Duration.ZERO;

	private final Disposable conflated = new Conflation(INTERVAL, this.time)
		.conflate(this.signals.asFlux(), (signal) -> read())
		.subscribe((found) -> this.reads.add(now() + "ms: " + found), (error) -> {
		}, () -> this.completed = true);

	private Mono<Integer> read() {
		Mono<Integer> read = Mono.fromSupplier(() -> this.state);
		return this.readDuration.isZero() ? read : read.delayElement(this.readDuration, this.time);
	}

	private long now() {
		return this.time.now(TimeUnit.MILLISECONDS);
	}

	private void change() {
		this.state++;
		this.signals.tryEmitNext(this.state).orThrow();
	}

	private void advance(long millis) {
		this.time.advanceTimeBy(Duration.ofMillis(millis));
	}

	@Test
	void readsAtOnceAfterTheFirstSignal() {
		advance(1_000);

		change();

		assertThat(this.reads).containsExactly("1000ms: 1");
	}

	@Test
	void readsTwiceForABurstAndFindsTheFirstAndTheLastState() {
		for (int i = 0; i < 50; i++) {
			change();
			advance(1);
		}

		advance(10_000);

		assertThat(this.reads).containsExactly("0ms: 1", "100ms: 50");
	}

	@Test
	void readsTenTimesASecondDuringContinuousSignals() {
		for (int i = 0; i < 1_000; i++) {
			change();
			advance(1);
		}

		advance(10_000);

		assertThat(this.reads).hasSize(11)
			.startsWith("0ms: 1", "100ms: 100", "200ms: 200")
			.endsWith("900ms: 900", "1000ms: 1000");
	}

	@Test
	void readsAgainForASignalDuringARead() {
		this.readDuration = Duration.ofMillis(40);
		change();
		advance(20);

		change();
		advance(10_000);

		// The first read may or may not have seen the second change, so a second is
		// needed.
		assertThat(this.reads).hasSize(2).first().isEqualTo("40ms: 1");
		assertThat(this.reads).last().isEqualTo("180ms: 2");
	}

	@Test
	void readsAtOnceForASignalAfterTheInterval() {
		change();
		advance(100);

		change();

		assertThat(this.reads).containsExactly("0ms: 1", "100ms: 2");
	}

	@Test
	void doesNotReadAtOnceForASignalDuringTheInterval() {
		change();
		advance(99);

		change();

		assertThat(this.reads).containsExactly("0ms: 1");
	}

	@Test
	void doesNotReadWithoutASignal() {
		advance(60_000);
		assertThat(this.reads).isEmpty();

		change();
		advance(60_000);

		assertThat(this.reads).hasSize(1);
	}

	@Test
	void readsForTheLastSignalBeforeItCompletes() {
		change();
		change();

		this.signals.tryEmitComplete().orThrow();
		advance(1_000);

		assertThat(this.reads).containsExactly("0ms: 1", "100ms: 2");
		assertThat(this.completed).isTrue();
	}

	@Test
	void stopsWhenItIsCancelled() {
		change();
		change();

		this.conflated.dispose();
		advance(1_000);

		assertThat(this.reads).hasSize(1);
		assertThat(this.signals.currentSubscriberCount()).isZero();
	}

}
