package dev.lastseat.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Measures two candidates alternately: A B, B A, A B and so on. A drift during the
 * measurement (warm-up of the machine, load of other processes) affects both alike.
 */
final class Pairs {

	private final int count;

	private final Function<Candidate, Run> measurement;

	Pairs(int count, Function<Candidate, Run> measurement) {
		this.count = count;
		this.measurement = measurement;
	}

	Result of(Row row) {
		List<Run> firsts = new ArrayList<>();
		List<Run> seconds = new ArrayList<>();
		for (int pair = 0; pair < this.count; pair++) {
			if (pair % 2 == 0) {
				firsts.add(this.measurement.apply(row.first()));
				seconds.add(this.measurement.apply(row.second()));
			}
			else {
				seconds.add(this.measurement.apply(row.second()));
				firsts.add(this.measurement.apply(row.first()));
			}
		}
		return Result.of(row, firsts, seconds);
	}

}
