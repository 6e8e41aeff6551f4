package dev.lastseat.bench;

import java.util.List;
import java.util.stream.Stream;

import reactor.core.publisher.Mono;

/**
 * The rows that compare bookings with and without cancellations of the same event.
 * Cancellations should not delay bookings, and no request of either kind should be late.
 */
final class CancellationRows {

	/** Cancellations per second: few, many, and twice as many as bookings. */
	private static final List<Integer> RATES = List.of(200, 400, 2000);

	private static final int MAX_RATE = RATES.get(RATES.size() - 1);

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
					Stream.of(name(MAX_RATE, held) + APART)))
			.toList();
	}

	private Row row(int rate, boolean held) {
		return new Row(name(rate, held), rate + " cancellations/s, " + (held ? "held seats" : "no seats"), GOAL,
				Measure.P99, new Candidate("with", this.cancellations.beside(this.service, rate, held)),
				new Candidate("without", this.cancellations.without(this.service, rate, held)));
	}

	private Row apart(boolean held) {
		return new Row(name(MAX_RATE, held) + APART, "the same, compared with another event", GOAL, Measure.P99,
				new Candidate("same event", this.cancellations.beside(this.service, MAX_RATE, held)),
				new Candidate("other event", this.cancellations.besideOther(this.service, MAX_RATE, held)));
	}

	private static String name(int rate, boolean held) {
		return "cancel-" + (held ? "held-" : "none-") + ((rate < 1000) ? rate : rate / 1000 + "k");
	}

}
