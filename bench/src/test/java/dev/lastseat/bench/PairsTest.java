package dev.lastseat.bench;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PairsTest {

	private static final Row ROW = new Row("row", "a row", Goal.atLeast(2), Measure.RATE,
			new Candidate("A", Mono.empty()), new Candidate("B", Mono.empty()));

	private final List<String> order = new ArrayList<>();

	private Result measure(Integer... rates) {
		Queue<Integer> left = new ArrayDeque<>(List.of(rates));
		return new Pairs(settings(rates.length / 2), (candidate) -> {
			this.order.add(candidate.name());
			return Runs.ofRate(left.remove());
		}).of(ROW);
	}

	private static BenchSettings settings(int pairs) {
		return BenchSettings.of(null, false, pairs, null);
	}

	@Test
	void alternatesWhichCandidateIsMeasuredFirst() {
		measure(1, 1, 1, 1, 1, 1, 1, 1, 1, 1);

		assertThat(this.order).containsExactly("A", "B", "B", "A", "A", "B", "B", "A", "A", "B");
	}

	@Test
	void comparesTheRunsOfEachPair() {
		Result result = measure(40, 10, 20, 40, 90, 30);

		assertThat(result.ratio()).isEqualTo(new Spread(3, 2, 4));
		assertThat(result.first().figure()).isEqualTo(new Spread(40, 40, 90));
		assertThat(result.second().figure()).isEqualTo(new Spread(20, 10, 30));
	}

	@Test
	void meetsAGoalThatTheMedianReaches() {
		assertThat(measure(20, 10, 10, 20, 10, 20).met()).isTrue();
	}

	@Test
	void missesAGoalThatTheMedianDoesNotReach() {
		assertThat(measure(19, 10, 10, 20, 10, 20).met()).isFalse();
	}

	@Test
	void dividesTheCostOfASideByItsRequests() {
		Side side = measure(40, 10, 20, 40, 90, 30).first();

		assertThat(side.asked()).isEqualTo(170);
		assertThat(side.commands()).isEqualTo(2);
		assertThat(side.bytes()).isEqualTo(1000);
		assertThat(side.cpuMicros()).isEqualTo(50);
	}

	@Test
	void measuresTheFirstBeforeTheSecondWhenOneLeadsToTheOther() {
		Row row = new Row("warm", "a row", null, Measure.RATE, ROW.first(), ROW.second(), Row.Order.ONE_LEADS_TO_OTHER);

		new Pairs(settings(6), (candidate) -> {
			this.order.add(candidate.name());
			return Runs.ofRate(1);
		}).of(row);

		assertThat(this.order).containsExactly("A", "B", "A", "B");
		assertThat(row.runs(settings(6))).isEqualTo(4);
	}

	@Test
	void comparesTheValuesOfARowWithoutASecondCandidateWithItsGoal() {
		Row row = new Row("streams", "a row", Goal.atMost(20), Measure.RATE, ROW.first(), null);
		Queue<Integer> rates = new ArrayDeque<>(List.of(10, 30, 20, 5, 40));

		Result result = new Pairs(settings(5), (candidate) -> Runs.ofRate(rates.remove())).of(row);

		assertThat(result.ratio()).isEqualTo(new Spread(20, 5, 40));
		assertThat(result.second()).isNull();
		assertThat(result.met()).isTrue();
		assertThat(row.runs(settings(5))).isEqualTo(5);
	}

	@Test
	void failsWhenTheSecondCandidateDecidesNothing() {
		assertThatIllegalStateException().isThrownBy(() -> measure(10, 0))
			.withMessage("row: nothing was decided in time, B");
	}

	@Test
	void meetsAnUpperBoundThatTheRatioDoesNotExceed() {
		assertThat(Goal.atMost(1.5).isMetBy(1.5, 0)).isTrue();
		assertThat(Goal.atMost(1.5).isMetBy(1.51, 0)).isFalse();
	}

	@Test
	void missesAGoalWithNoneLateWhenOneRequestIsLate() {
		assertThat(Goal.atMost(1.5).withNoneLate().isMetBy(1, 0)).isTrue();
		assertThat(Goal.atMost(1.5).withNoneLate().isMetBy(1, 1)).isFalse();
		assertThat(Goal.atMost(1.5).isMetBy(1, 1)).isTrue();
	}

	@Test
	void countsLateRequestsOfTheFirstCandidateAndOfItsBackgroundLoad() {
		Run onTime = Runs.ofRate(10);
		Run late = Runs.of(Duration.ofSeconds(1), 1, Duration.ofMillis(1), 10);

		assertThat(metBy(onTime, onTime)).isTrue();
		assertThat(metBy(late, onTime)).isFalse();
		assertThat(metBy(onTime.beside(late), onTime)).isFalse();
		assertThat(metBy(onTime, late)).as("the second candidate has no goal").isTrue();
	}

	private static Boolean metBy(Run first, Run second) {
		Row row = new Row("row", "a row", Goal.atMost(1.5).withNoneLate(), Measure.P50, ROW.first(), ROW.second());
		return Result.of(row, List.of(first), List.of(second)).met();
	}

}
