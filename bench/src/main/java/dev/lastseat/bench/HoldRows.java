package dev.lastseat.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The rows of holds. A hold and a confirmation should cost little more than a booking,
 * and the holds of other users should not make a booking slower.
 */
final class HoldRows {

	private static final String HOLD = "hold";

	private static final String CONFIRM = "confirm";

	private static final String SALE = "onsale";

	/** The outstanding holds of an event. */
	private static final List<Integer> HOLDS = List.of(10, 1000, 10_000);

	private static final int FEW = HOLDS.get(0);

	private static final String SINGLE = "-single";

	private static final double GOAL = 0.8;

	private final HoldLoads loads;

	private final HoldSale sale;

	private final Services services;

	HoldRows(HoldLoads loads, HoldSale sale, Services services) {
		this.loads = loads;
		this.sale = sale;
		this.services = services;
	}

	/** The rows by their names, in their order. Building a row starts the processes. */
	Map<String, Supplier<Row>> all() {
		Map<String, Supplier<Row>> rows = new LinkedHashMap<>();
		rows.put(HOLD, () -> compared(HOLD, "hold of a seat of a hot event",
				Candidate.warming("hold", this.loads.hold(this.services.batched()))));
		rows.put(CONFIRM, () -> compared(CONFIRM, "confirmation of a hold",
				Candidate.warming("confirmation", this.loads.confirm(this.services.batched()))));
		rows.put(SALE, () -> new Row(SALE, "a sale in which 30 % of the holds expire, p99", null, Measure.P99,
				new Candidate("sale", this.sale.run(this.services.batched())), null, Row.Order.ONE_LEADS_TO_OTHER));
		HOLDS.forEach((holds) -> {
			rows.put(name(holds), () -> beside(name(holds), holds, this.services.batched()));
			rows.put(name(holds) + SINGLE, () -> beside(name(holds) + SINGLE, holds, this.services.single()));
		});
		return rows;
	}

	/** The names of all rows, in their order. */
	static List<String> names() {
		List<String> names = new ArrayList<>(List.of(HOLD, CONFIRM, SALE));
		HOLDS.forEach((holds) -> names.addAll(List.of(name(holds), name(holds) + SINGLE)));
		return List.copyOf(names);
	}

	/** The names of the rows that take little time. */
	static List<String> quickNames() {
		return List.of(HOLD, CONFIRM);
	}

	/**
	 * Whether the requests of a row are not recorded, because each has one correct
	 * answer.
	 */
	static boolean isUnrecorded(String row) {
		return names().contains(row) && !row.equals(SALE);
	}

	private static String name(int holds) {
		return "holds-" + holds;
	}

	private Row compared(String name, String what, Candidate first) {
		return new Row(name, what, Goal.atLeast(GOAL), Measure.RATE, first,
				new Candidate("booking", this.loads.booking(this.services.batched())));
	}

	/** With few holds the comparison is with an event that has none. */
	private Row beside(String name, int holds, Service service) {
		int fewer = (holds == FEW) ? 0 : FEW;
		return new Row(name, "bookings of an event with holds of other users", null, Measure.RATE,
				new Candidate(holds + " holds", this.loads.besideHolds(service, holds)),
				new Candidate(fewer + " holds", this.loads.besideHolds(service, fewer)));
	}

}
