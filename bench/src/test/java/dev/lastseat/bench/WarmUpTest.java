package dev.lastseat.bench;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

class WarmUpTest {

	private static final Candidate A = Candidate.warming("A", Mono.empty());

	private static final Candidate B = Candidate.warming("B", Mono.empty());

	private static final Candidate OTHER = new Candidate("other", Mono.empty());

	private final StringWriter progress = new StringWriter();

	private final List<String> order = new ArrayList<>();

	private long time;

	private int rounds(Duration each, Integer... rates) {
		return rounds(Duration.ZERO, each, rates);
	}

	private int rounds(Duration min, Duration each, Integer... rates) {
		Queue<Integer> left = new ArrayDeque<>(List.of(rates));
		return new WarmUp(() -> this.time, (candidate) -> {
			this.order.add(candidate.name());
			this.time += each.toNanos();
			return Runs.ofRate((left.size() > 1) ? left.remove() : left.element());
		}, new PrintWriter(this.progress), min).run(List.of(A, B));
	}

	@Test
	void endsAfterTwoRoundsInWhichNoRateGrows() {
		assertThat(rounds(Duration.ofSeconds(2), 100, 100, 200, 100, 200, 100, 201, 99)).isEqualTo(4);

		assertThat(this.order).containsExactly("A", "B", "A", "B", "A", "B", "A", "B");
		assertThat(this.progress.toString()).contains("... warm-up, round 2: A 200/s");
	}

	@Test
	void hasAMinimumDuration() {
		assertThat(rounds(Duration.ofSeconds(17), Duration.ofSeconds(2), 100)).isEqualTo(5);
	}

	@Test
	void continuesWhileOneOfTheRatesGrows() {
		assertThat(rounds(Duration.ofSeconds(2), 100, 100, 100, 110, 100, 110, 100, 120, 100, 120, 100, 120))
			.isEqualTo(6);
	}

	@Test
	void comparesWithTheBestRoundSoFar() {
		assertThat(rounds(Duration.ofSeconds(2), 100, 200, 100, 100, 100, 200)).isEqualTo(3);
	}

	@Test
	void endsAtItsTimeLimit() {
		Integer[] growing = new Integer[100];
		for (int number = 0; number < growing.length; number++) {
			growing[number] = 100 << (number / 8);
		}

		assertThat(rounds(Duration.ofSeconds(40), growing)).isEqualTo(2);
	}

	@Test
	void usesEachMarkedCandidateOnce() {
		List<Row> rows = List.of(row(A, B), row(A, OTHER), row(OTHER, null));

		assertThat(WarmUp.of(rows, OTHER)).containsExactly(A, B);
	}

	@Test
	void usesAllCandidatesWhenNoneIsMarked() {
		assertThat(WarmUp.of(List.of(row(OTHER, null)), A)).containsExactly(OTHER);
	}

	@Test
	void warmsUpTheLoadGeneratorOnlyBeforeNewProcesses() {
		Row cold = new Row("warm", "a row", null, Measure.RATE, OTHER, OTHER, Row.Order.ONE_LEADS_TO_OTHER);

		assertThat(WarmUp.of(List.of(cold), A)).containsExactly(A);
	}

	private static Row row(Candidate first, Candidate second) {
		return new Row("row", "a row", null, Measure.RATE, first, second);
	}

}
