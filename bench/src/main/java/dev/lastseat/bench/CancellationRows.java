package dev.lastseat.bench;

import java.util.List;
import java.util.stream.Stream;

import reactor.core.publisher.Mono;

/**
 * The comparisons of bookings with and without cancellations of the same event:
 * cancellations should not make bookings wait, and none of either should be late.
 */
final class CancellationRows {

	/** Cancellations each second: few, many, and twice as many as there are bookings. */
	private static final List<Integer> RATES = List.of(200, 400, 2000);

	private static final int MOST = RATES.get(RATES.size() - 1);

	private static final String APART = "-apart";

	private static final Goal GOAL = Goal.atMost(1.5).withNoneLate();

	private final Cancellations cancellations;

	private final Service service;

	CancellationRows(Cancellations cancellations, Service service) {
		this.cancellations = cancellations;
		this.service = service;
	}

	List<Row> all() {
		return Stream.of(true, false)
			.flatMap((held) -> Stream.concat(RATES.stream().map((rate) -> row(rate, held)), Stream.of(apart(held))))
			.toList();
	}

	/** The names of all rows, in their order. */
	static List<String> names() {
		return Stream.of(true, false)
			.flatMap((held) -> Stream.concat(RATES.stream().map((rate) -> name(rate, held)),
					Stream.of(name(MOST, held) + APART)))
			.toList();
	}

	/**
	 * Cancellations, so that the first measured ones find compiled code as well. None
	 * unless they are measured.
	 */
	List<Mono<Run>> warmUp(List<Row> measured) {
		return Stream.of(true, false)
			.flatMap((held) -> RATES.stream()
				.filter((rate) -> measured.stream().anyMatch((row) -> row.name().equals(name(rate, held))))
				.limit(1)
				.map((rate) -> this.cancellations.beside(this.service, rate, held)))
			.toList();
	}

	private Row row(int rate, boolean held) {
		return new Row(name(rate, held), rate + " cancellations/s, " + (held ? "held seats" : "no seats"), GOAL,
				Measure.P99, new Candidate("with", this.cancellations.beside(this.service, rate, held)),
				new Candidate("without", this.cancellations.without(this.service, rate, held)));
	}

	private Row apart(boolean held) {
		return new Row(name(MOST, held) + APART, "the same, against another event", GOAL, Measure.P99,
				new Candidate("same event", this.cancellations.beside(this.service, MOST, held)),
				new Candidate("other event", this.cancellations.besideOther(this.service, MOST, held)));
	}

	private static String name(int rate, boolean held) {
		return "cancel-" + (held ? "held-" : "none-") + ((rate < 1000) ? rate : rate / 1000 + "k");
	}

}
