package dev.lastseat.bench;

import java.time.Duration;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RunTest {

	@Test
	void countsDecisionsPerSecondAsRate() {
		Run run = Runs.of(Duration.ofMillis(500), 7, Duration.ofMillis(1), 100);

		assertThat(Measure.RATE.of(run)).isEqualTo(200);
	}

	@Test
	void countsDecisionsWithinTheDeadlineAsGoodput() {
		assertThat(Measure.GOODPUT.of(Runs.of(Duration.ofSeconds(1), 0, Duration.ofMillis(995), 100))).isEqualTo(100);
	}

	@Test
	void doesNotCountLateDecisionsAsGoodput() {
		assertThat(Measure.GOODPUT.of(Runs.of(Duration.ofSeconds(1), 0, Duration.ofMillis(1005), 100))).isZero();
	}

	@Test
	void countsRequestsThatAreDecidedAfterTheDeadlineOrNeverAsLate() {
		assertThat(Runs.of(Duration.ofSeconds(1), 0, Duration.ofMillis(995), 100).late()).isZero();
		assertThat(Runs.of(Duration.ofSeconds(1), 0, Duration.ofMillis(1005), 100).late()).isEqualTo(100);
		assertThat(Runs.of(Duration.ofSeconds(1), 7, Duration.ofMillis(995), 100).late()).isEqualTo(7);
	}

	@Test
	void countsTheLateRequestsOfTheBackgroundLoadSeparately() {
		Run run = Runs.ofRate(100).beside(Runs.of(Duration.ofSeconds(1), 7, Duration.ofMillis(1005), 100));

		assertThat(run.late()).isZero();
		assertThat(run.lateBeside()).isEqualTo(107);
		assertThat(run.asked()).isEqualTo(207);
	}

	@Test
	void countsUndecidedRequestsAsVerySlow() {
		Run run = Runs.of(Duration.ofSeconds(1), 2, Duration.ofMillis(4), 98);

		assertThat(Measure.P50.of(run)).isCloseTo(4, within(0.01));
		assertThat(Measure.P99.of(run)).isCloseTo(10_000, within(10.0));
	}

	@Test
	void dividesTheHeapByTheRequests() {
		Run run = new Run(new Histogram(3), 4, 0, 0, Duration.ofSeconds(1), Cost.NONE, 10 * 1024);

		assertThat(Measure.HEAP.of(run)).isEqualTo(2.5);
		assertThat(Measure.HEAP.format(2.5)).isEqualTo("2.5 KB");
	}

	@Test
	void keepsItsHeapWhenMoreIsKnown() {
		Run run = new Run(new Histogram(3), 4, 0, 0, Duration.ofSeconds(1), Cost.NONE, 10 * 1024);

		assertThat(run.with(Cost.NONE).lasting(Duration.ofSeconds(2)).beside(Runs.ofRate(1)).heap()).isEqualTo(10_240);
	}

}
