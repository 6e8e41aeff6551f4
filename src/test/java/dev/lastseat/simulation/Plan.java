package dev.lastseat.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import dev.lastseat.booking.LaneSettings;

/**
 * What a seed stands for: an event, what is asked of it, and how bad the way there is.
 *
 * @param capacity that the event begins with
 * @param lanes of each of the processes
 */
record Plan(long seed, int capacity, Weather weather, List<Step> steps, LaneSettings lanes) {

	/** Longer than anything lasts. */
	private static final Duration LONG = Duration.ofDays(1);

	private static final int[] MAX_BATCHES = { 1, 2, 3, 256 };

	static Plan of(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		Cast cast = Cast.of(random);
		Weather weather = Weather.of(random, !cast.bookingsOnly());
		List<Step> steps = Stream.generate(() -> Step.of(random, cast)).limit(cast.size()).toList();
		return new Plan(seed, cast.capacity(), weather, steps, lanes(random));
	}

	/**
	 * With room for everybody most of the time, since who is turned away asks for
	 * nothing.
	 */
	private static LaneSettings lanes(SplittableRandom random) {
		int maxBatch = MAX_BATCHES[random.nextInt(MAX_BATCHES.length)];
		boolean crowded = random.nextInt(8) == 0;
		Duration maxWait = (random.nextInt(8) == 0) ? Duration.ofMillis(random.nextInt(1, 5)) : LONG;
		return new LaneSettings(maxBatch, crowded ? 3 : 100, crowded ? 2 : 100, maxWait, LONG);
	}

	/**
	 * The same without one step. The others stay exactly as they are.
	 */
	Plan without(int index) {
		List<Step> fewer = new ArrayList<>(this.steps);
		fewer.remove(index);
		return new Plan(this.seed, this.capacity, this.weather, fewer, this.lanes);
	}

}
