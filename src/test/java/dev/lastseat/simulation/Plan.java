package dev.lastseat.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import dev.lastseat.booking.QueueSettings;
import dev.lastseat.mongo.segments.SegmentSize;

/**
 * Everything that a seed determines: an event, the operations on it, and the faults.
 *
 * @param capacity the initial capacity of the event
 * @param queue the settings of the queues of each process
 * @param segmentSize the segment size of each process
 * @param elections the elections of the replica set during the run
 * @param sweeps the times of the sweeps of maintenance, in microseconds
 * @param sale the sale of the event, and the clocks of the processes
 */
record Plan(long seed, int capacity, FaultRates rates, List<Step> steps, QueueSettings queue, SegmentSize segmentSize,
		ElectionPlan elections, List<Long> sweeps, SalePlan sale) {

	/** The number of processes. Each has its own queues. */
	static final int PROCESSES = 2;

	/** Longer than any run lasts. */
	private static final Duration LONG = Duration.ofDays(1);

	private static final int[] MAX_BATCHES = { 1, 2, 3, 256 };

	private static final int[] SEGMENT_SIZES = { 1, 1, 2, 4 };

	/** A plan without elections in which no segment is sealed. */
	static Plan of(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		return of(seed, random, LoadProfile.of(random), SegmentSize.DEFAULT);
	}

	/**
	 * A plan with small segments. The first booking of the run fills the document, so
	 * most registrations are sealed.
	 */
	static Plan ofSmallSegments(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		int segmentSize = SEGMENT_SIZES[random.nextInt(SEGMENT_SIZES.length)];
		return of(seed, random, LoadProfile.of(random).withRegistered(2 * segmentSize - 1),
				new SegmentSize(segmentSize));
	}

	/** A plan with elections in which no segment is sealed. */
	static Plan withElections(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		LoadProfile load = LoadProfile.of(random);
		return of(seed, random, load, SegmentSize.DEFAULT).with(ElectionPlan.of(random, load.startWindow()), List.of());
	}

	/** A plan with elections, small segments and sweeps. */
	static Plan ofSmallSegmentsWithElections(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		int segmentSize = 1 + random.nextInt(8) / 7;
		LoadProfile load = LoadProfile.of(random).withRegistered(2 * segmentSize - 1).withMoreSteps();
		List<Long> sweeps = random.longs(random.nextInt(8), 0, load.startWindow()).sorted().boxed().toList();
		return of(seed, random, load, new SegmentSize(segmentSize)).with(ElectionPlan.of(random, load.startWindow()),
				sweeps);
	}

	/**
	 * A plan with holds, parties, and sometimes a window, in which no segment is sealed.
	 */
	static Plan ofSale(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		return ofSale(seed, random, LoadProfile.of(random).withoutLimits(), SegmentSize.DEFAULT, false);
	}

	/** The same with a waiting list. */
	static Plan ofWaitingList(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		return ofSale(seed, random, LoadProfile.of(random).crowded(), SegmentSize.DEFAULT, true);
	}

	/** The same with small segments, so that entries of the journal are moved. */
	static Plan ofWaitingListWithSmallSegments(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		int segmentSize = SEGMENT_SIZES[random.nextInt(SEGMENT_SIZES.length)];
		return ofSale(seed, random, LoadProfile.of(random).crowded().withRegistered(2 * segmentSize - 1),
				new SegmentSize(segmentSize), true);
	}

	/** A sale with small segments, and without a window. */
	static Plan ofSaleWithSmallSegments(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		int segmentSize = SEGMENT_SIZES[random.nextInt(SEGMENT_SIZES.length)];
		return ofSale(seed, random, LoadProfile.of(random).withoutLimits().withRegistered(2 * segmentSize - 1),
				new SegmentSize(segmentSize), false);
	}

	/**
	 * A plan with holds, parties and elections; half of these plans have small segments
	 * and sweeps, the others sometimes a window.
	 */
	static Plan ofSaleWithElections(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		LoadProfile load = LoadProfile.of(random).withoutLimits();
		boolean small = random.nextBoolean();
		Plan plan = small ? ofSale(seed, random, load.withRegistered(1), new SegmentSize(1), false)
				: ofSale(seed, random, load, SegmentSize.DEFAULT, false);
		List<Long> groups = plan.steps.stream()
			.map((step) -> step.start() - step.start() % SalePlan.GROUP_INTERVAL)
			.toList();
		List<Long> sweeps = Stream.generate(() -> groups.get(random.nextInt(groups.size())))
			.limit(small ? random.nextInt(4) : 0)
			.map((group) -> group + random.nextLong(load.startWindow()))
			.toList();
		return plan.with(ElectionPlan.of(random, load.startWindow()).inGroups(random, groups), sweeps);
	}

	private static Plan ofSale(long seed, SplittableRandom random, LoadProfile load, SegmentSize segmentSize,
			boolean waitingList) {
		SalePlan sale = SalePlan.of(random, PROCESSES, segmentSize.equals(SegmentSize.DEFAULT), load.startWindow());
		List<Integer> groups = random.ints(1 + random.nextInt(4), 0, SalePlan.GROUPS).boxed().toList();
		List<Step> steps = Stream.generate(() -> Step.ofSale(random, load, groups, waitingList))
			.limit(load.steps())
			.toList();
		return new Plan(seed, load.capacity(), FaultRates.of(random, true), steps, queue(random), segmentSize,
				ElectionPlan.NONE, List.of(), waitingList ? sale.withWaitingList() : sale);
	}

	private static Plan of(long seed, SplittableRandom random, LoadProfile load, SegmentSize segmentSize) {
		FaultRates rates = FaultRates.of(random, !load.bookingsOnly());
		List<Step> steps = Stream.generate(() -> Step.of(random, load)).limit(load.steps()).toList();
		return new Plan(seed, load.capacity(), rates, steps, queue(random), segmentSize, ElectionPlan.NONE, List.of(),
				SalePlan.NONE);
	}

	/**
	 * In half of the seeds elections are the only faults: an operation that failed for
	 * another reason tells the checker less.
	 */
	private Plan with(ElectionPlan elections, List<Long> sweeps) {
		FaultRates rates = (this.seed % 2 == 0) ? this.rates.fair() : this.rates;
		return new Plan(this.seed, this.capacity, rates, this.steps, this.queue, this.segmentSize, elections, sweeps,
				this.sale);
	}

	/**
	 * Most plans reach no limit, since a rejected request sends nothing.
	 */
	private static QueueSettings queue(SplittableRandom random) {
		int maxBatch = MAX_BATCHES[random.nextInt(MAX_BATCHES.length)];
		boolean crowded = random.nextInt(8) == 0;
		Duration maxWait = (random.nextInt(8) == 0) ? Duration.ofMillis(random.nextInt(1, 5)) : LONG;
		return new QueueSettings(maxBatch, crowded ? 6 : 100, crowded ? 4 : 100, maxWait, LONG);
	}

	/**
	 * The number of registrations before the run begins.
	 */
	int initialUsers() {
		return this.segmentSize.equals(SegmentSize.DEFAULT) ? 0 : 2 * this.segmentSize.registrations() - 1;
	}

	/**
	 * The same plan without one step. The other steps stay exactly as they are.
	 */
	Plan without(int index) {
		List<Step> fewer = new ArrayList<>(this.steps);
		fewer.remove(index);
		return new Plan(this.seed, this.capacity, this.rates, fewer, this.queue, this.segmentSize, this.elections,
				this.sweeps, this.sale);
	}

}
