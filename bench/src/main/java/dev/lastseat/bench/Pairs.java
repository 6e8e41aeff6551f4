package dev.lastseat.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Measures two candidates alternately: A B, B A, A B and so on. A drift during the
 * measurement (warm-up of the machine, load of other processes) affects both alike.
 */
final class Pairs {

	private final BenchSettings settings;

	private final Function<Candidate, Run> measurement;

	Pairs(BenchSettings settings, Function<Candidate, Run> measurement) {
		this.settings = settings;
		this.measurement = measurement;
	}

	Result of(Row row) {
		List<Run> firsts = new ArrayList<>();
		List<Run> seconds = new ArrayList<>();
		for (int pair = 0; pair < row.pairs(this.settings); pair++) {
			if (pair % 2 == 0 || row.order() != Row.Order.ALTERNATING) {
				measure(row.first(), firsts);
				measure(row.second(), seconds);
			}
			else {
				measure(row.second(), seconds);
				measure(row.first(), firsts);
			}
		}
		return Result.of(row, firsts, seconds);
	}

	private void measure(@Nullable Candidate candidate, List<Run> runs) {
		if (candidate != null) {
			runs.add(this.measurement.apply(candidate));
		}
	}

}
