package dev.lastseat.bench;

import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * The result of a row.
 *
 * @param ratio the ratios of the first candidate's value to the second's, one for each
 * pair: what slows down both has no effect. Without a second candidate, the values
 * @param second null when the row has no second candidate
 * @param met whether the median and the late requests of the first candidate meet the
 * goal; null when there is no goal
 */
record Result(Row row, Spread ratio, Side first, @Nullable Side second, @Nullable Boolean met) {

	/**
	 * @param firsts the runs of the first candidate, in the order of the pairs
	 * @param seconds the runs of the second candidate, if there is one
	 * @throws IllegalStateException when the second value is zero
	 */
	static Result of(Row row, List<Run> firsts, List<Run> seconds) {
		Candidate other = row.second();
		Side first = Side.of(row.first(), row.measure(), firsts);
		Side second = (other != null) ? Side.of(other, row.measure(), seconds) : null;
		Spread ratio = (other != null) ? Spread.of(IntStream.range(0, firsts.size())
			.mapToDouble((pair) -> ratio(row, other, firsts.get(pair), seconds.get(pair)))
			.toArray()) : first.figure();
		return new Result(row, ratio, first, second,
				(row.goal() != null) ? row.goal().isMetBy(ratio.median(), first.late() + first.lateBeside()) : null);
	}

	private static double ratio(Row row, Candidate other, Run first, Run second) {
		double divisor = row.measure().of(second);
		if (divisor == 0) {
			throw new IllegalStateException(row.name() + ": nothing was decided in time, " + other.name());
		}
		return row.measure().of(first) / divisor;
	}

}
