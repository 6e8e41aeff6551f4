package dev.lastseat.proof;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProofTableTest {

	private static final ProofResult CUT = new ProofResult("cut", 1, new OperationCounts(1_000, 1, 2, 3, 4, 5, 6, 30),
			8, 0, 0, 0, 0, 0, 0);

	private static final ProofResult KILLED = new ProofResult("killed", 1,
			new OperationCounts(500, 0, 0, 0, 0, 0, 0, 20), 1, 2, 0, 0, 0, 0, 0);

	@TempDir
	private Path directory;

	@Test
	void addsUpResultsOfOneKindAndAllResults() {
		ProofTable table = new ProofTable(List.of(CUT, KILLED, CUT));

		assertThat(table.toString().lines().map(String::stripTrailing)).containsExactly(
				"        runs  operations  not open  holds  confirmed  parties  released  joined  unknown  faults  allowed losses  lost  oversold  duplicates  false refusals  non-linearizable",
				"cut        2        2000         2      4          6        8        10      12       60      16               0     0         0           0               0                 0",
				"killed     1         500         0      0          0        0         0       0       20       1               2     0         0           0               0                 0",
				"all        3        2500         2      4          6        8        10      12       80      17               2     0         0           0               0                 0");
	}

	@Test
	void readsAllFiles() {
		CUT.append(this.directory.resolve("faults.jsonl"));
		CUT.append(this.directory.resolve("faults.jsonl"));
		KILLED.append(this.directory.resolve("more.jsonl"));

		assertThat(ProofResult.readAll(this.directory)).containsExactly(CUT, CUT, KILLED);
	}

	@Test
	void readsNothingWithoutADirectory() {
		assertThat(ProofResult.readAll(this.directory.resolve("nowhere"))).isEmpty();
	}

	@Test
	void allowedLossesAreNotAnomalies() {
		assertThat(KILLED.hasNoAnomalies()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4 })
	void eachOfTheLastFiveCountsIsAnAnomaly(int column) {
		long[] counts = new long[5];
		counts[column] = 1;

		assertThat(new ProofResult("cut", 1, new OperationCounts(1_000, 1, 2, 3, 4, 5, 6, 30), 8, 0, counts[0],
				counts[1], counts[2], counts[3], counts[4])
			.hasNoAnomalies()).isFalse();
	}

}
