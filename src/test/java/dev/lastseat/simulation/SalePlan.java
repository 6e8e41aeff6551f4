package dev.lastseat.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import dev.lastseat.booking.SaleTerms;
import org.jspecify.annotations.Nullable;

/**
 * The sale of a seed, and the clocks of its processes. The steps of a sale come in
 * groups, some seconds apart: so holds expire between two groups, while the steps of one
 * group overlap.
 *
 * @param jumps the jumps of the clock of each process
 * @param waitingList whether users join the waiting list
 * @param expirySweeps the times at which a process removes expired holds, in microseconds
 */
record SalePlan(SaleTerms terms, List<List<Jump>> jumps, List<Long> expirySweeps, boolean waitingList) {

	/** No window, no holds and no waiting list, and clocks without jumps. */
	static final SalePlan NONE = new SalePlan(SaleTerms.DEFAULT, List.of(), List.of(), false);

	/**
	 * How far the clock of a process may differ from the time, in microseconds.
	 */
	private static final long MAX_OFFSET = TimeUnit.SECONDS.toMicros(2);

	/**
	 * What the checker allows: the offset, and the time between a look at the clock and
	 * the effect.
	 */
	static final Duration TOLERANCE = Duration.ofSeconds(3);

	/**
	 * Time between groups. A hold certainly counts one group after its own, and certainly
	 * does not count three groups after it.
	 */
	static final long GROUP_INTERVAL = TimeUnit.SECONDS.toMicros(5);

	static final int GROUPS = 6;

	private static final Instant OPENING = Instant.EPOCH.plusSeconds(10);

	private static final Instant CLOSING = Instant.EPOCH.plusSeconds(20);

	/**
	 * @param window whether the sale may have a window
	 * @param startWindow the time in which all steps of a group begin
	 */
	static SalePlan of(SplittableRandom random, int processes, boolean window, long startWindow) {
		boolean opens = window && random.nextInt(4) == 0;
		boolean closes = window && random.nextInt(4) == 0;
		SaleTerms terms = new SaleTerms(opens ? OPENING : null, closes ? CLOSING : null, SaleTerms.MIN_HOLD_SECONDS);
		List<List<Jump>> jumps = random.ints(processes, 0, 4)
			.mapToObj((count) -> random.longs(count, 0, GROUPS * GROUP_INTERVAL)
				.sorted()
				.mapToObj((at) -> new Jump(at, random.nextLong(-MAX_OFFSET, MAX_OFFSET)))
				.toList())
			.toList();
		List<Long> sweeps = random.longs(random.nextInt(6), 0, GROUPS)
			.map((group) -> group * GROUP_INTERVAL + random.nextLong(startWindow))
			.boxed()
			.toList();
		return new SalePlan(terms, jumps, sweeps, false);
	}

	/** The same with a waiting list. */
	SalePlan withWaitingList() {
		return new SalePlan(this.terms, this.jumps, this.expirySweeps, true);
	}

	boolean hasHolds() {
		return this.terms.holdSeconds() != null;
	}

	/**
	 * @param offset from then on, the difference between the clock and the time, in
	 * microseconds
	 */
	record Jump(long at, long offset) {
	}

	/** The jumps of a process. */
	List<Jump> jumps(int process) {
		return (process < this.jumps.size()) ? this.jumps.get(process) : List.of();
	}

	@Override
	public @Nullable String toString() {
		return hasHolds() ? this.terms + ", " + this.jumps : "";
	}

}
