package dev.lastseat.bench;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ScoreTest {

	private static final Candidate BATCHED = new Candidate("batched", Mono.empty());

	private static final Candidate SINGLE = new Candidate("max-batch=1", Mono.empty());

	private final Score score = new Score(
			new Platform("the embedded engine", "17.0.15", "-XX:+UseParallelGC", 2, Instant.EPOCH),
			BenchSettings.of(null, false, 5, null), 7,
			List.of(result(new Row("hot-64", "one hot event, 64 clients", null, Measure.RATE, BATCHED, SINGLE)),
					result(new Row("hot-256", "one hot event, 256 clients", Goal.atLeast(4), Measure.RATE, BATCHED,
							SINGLE)),
					result(new Row("alone", "one client alone, p50", Goal.atMost(1.03), Measure.P50, BATCHED, SINGLE)),
					cancellations(),
					Result.of(
							new Row("streams-heap", "heap of each stream", Goal.atMost(10), Measure.HEAP,
									new Candidate("streams", Mono.empty()), null),
							List.of(heap(9), heap(11)), List.of())),
			Map.of());

	private final StringWriter out = new StringWriter();

	private static Result result(Row row) {
		return Result.of(row, List.of(Runs.ofRate(2000), Runs.ofRate(5000), Runs.ofRate(3000)),
				List.of(Runs.ofRate(1000), Runs.ofRate(1000), Runs.ofRate(1000)));
	}

	private static Run heap(long kilobytes) {
		return new Run(new Histogram(3), 2, 0, 0, Duration.ofSeconds(1), Cost.NONE, 2 * kilobytes * 1024);
	}

	/** As many cancellations as bookings. One cancellation is late. */
	private static Result cancellations() {
		Row row = new Row("cancel-held-200", "200 cancellations/s, held seats", Goal.atMost(1.5).withNoneLate(),
				Measure.P99, new Candidate("with", Mono.empty()), new Candidate("without", Mono.empty()));
		Run late = Runs.of(Duration.ofSeconds(1), 1, Duration.ofMillis(1), 999);
		return Result.of(row, List.of(Runs.ofRate(1000).beside(late)), List.of(Runs.ofRate(1000)));
	}

	@Test
	void printsATableWithTheGoalOfEachRatio() {
		this.score.print(new PrintWriter(this.out));

		assertThat(this.out.toString()).isEqualToNormalizingNewlines(
				"""
						On the embedded engine, Java 17.0.15 (-XX:+UseParallelGC), 2 processors, 1970-01-01T00:00:00Z.
						Medians of 5 pairs of runs in the order A B B A, after 7 rounds of warm-up, with the lowest and highest.
						The load generator runs on the measured machine and uses part of its CPU.

						| row             | compared                        | result                     | goal           |        | medians                              |
						| --------------- | ------------------------------- | -------------------------- | -------------- | ------ | ------------------------------------ |
						| hot-64          | one hot event, 64 clients       | 3.00 (2.00 - 5.00)         |                |        | batched 3,000/s, max-batch=1 1,000/s |
						| hot-256         | one hot event, 256 clients      | 3.00 (2.00 - 5.00)         | >= 4           | missed | batched 3,000/s, max-batch=1 1,000/s |
						| alone           | one client alone, p50           | 1.00 (1.00 - 1.00)         | <= 1.03        | ok     | batched 1.00 ms, max-batch=1 1.00 ms |
						| cancel-held-200 | 200 cancellations/s, held seats | 1.00 (1.00 - 1.00)         | <= 1.5, 0 late | missed | with 1.00 ms, without 1.00 ms        |
						| streams-heap    | heap of each stream             | 10.0 KB (9.0 KB - 11.0 KB) | <= 10          | ok     | streams 10.0 KB                      |

						Cost of each request for the measured process, first / second. The CPU time includes the collector,
						the compilers and the embedded engine. The allocated bytes do not include the embedded engine.

						| row             | CPU time in us | bytes allocated | commands      | not decided, total | late (over 1 s), total | late beside, total |
						| --------------- | -------------- | --------------- | ------------- | ------------------ | ---------------------- | ------------------ |
						| hot-64          | 50 / 50        | 1,000 / 1,000   | 2.000 / 2.000 | 0 / 0              | 0 / 0                  | 0 / 0              |
						| hot-256         | 50 / 50        | 1,000 / 1,000   | 2.000 / 2.000 | 0 / 0              | 0 / 0                  | 0 / 0              |
						| alone           | 50 / 50        | 1,000 / 1,000   | 2.000 / 2.000 | 0 / 0              | 0 / 0                  | 0 / 0              |
						| cancel-held-200 | 25 / 50        | 500 / 1,000     | 1.000 / 2.000 | 0 / 0              | 0 / 0                  | 1 / 0              |
						| streams-heap    | 0              | 0               | 0.000         | 0                  | 0                      | 0                  |

						linearizable: yes, all of 45 runs
						""");
	}

	@Test
	void printsTheSameValuesAsJson() {
		this.score.printJson(new PrintWriter(this.out));

		JsonNode document = new JsonMapper().readTree(this.out.toString());
		assertThat(document.path("engine").asString()).isEqualTo("the embedded engine");
		assertThat(document.path("jvmOptions").asString()).isEqualTo("-XX:+UseParallelGC");
		assertThat(document.path("warmUpRounds").asInt()).isEqualTo(7);
		assertThat(document.path("at").asString()).isEqualTo("1970-01-01T00:00:00Z");
		assertThat(document.path("pairs").asInt()).isEqualTo(5);
		assertThat(document.path("histories").asString()).isEqualTo("linearizable");
		assertThat(document.path("rows")).hasSize(5);
		JsonNode hot = document.path("rows").get(1);
		assertThat(hot.path("name").asString()).isEqualTo("hot-256");
		assertThat(hot.path("goal"))
			.isEqualTo(new JsonMapper().readTree("{\"atLeast\": true, \"bound\": 4.0, \"noneLate\": false}"));
		assertThat(hot.path("met").asBoolean()).isFalse();
		assertThat(hot.path("ratio"))
			.isEqualTo(new JsonMapper().readTree("{\"median\": 3.0, \"min\": 2.0, \"max\": 5.0}"));
		assertThat(hot.path("first").path("figure").path("median").asDouble()).isEqualTo(3000);
		assertThat(hot.path("first").path("commands").asDouble()).isEqualTo(2);
		assertThat(hot.path("first").path("cpuMicros").asDouble()).isEqualTo(50);
		assertThat(document.path("rows").get(4).path("second").isNull()).isTrue();
		assertThat(document.path("rows").get(4).path("unit").asString()).isEqualTo("KB");
		assertThat(document.path("rows").get(0).path("goal").isNull()).isTrue();
		JsonNode cancellations = document.path("rows").get(3);
		assertThat(cancellations.path("goal").path("noneLate").asBoolean()).isTrue();
		assertThat(cancellations.path("met").asBoolean(true)).isFalse();
		assertThat(cancellations.path("first").path("late").asInt(-1)).isZero();
		assertThat(cancellations.path("first").path("lateBeside").asInt()).isEqualTo(1);
	}

}
