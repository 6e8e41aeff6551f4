package dev.lastseat.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What a seed stands for: an event, what is asked of it, and how bad the way there is.
 *
 * @param capacity that the event begins with
 */
record Plan(long seed, int capacity, Weather weather, List<Step> steps) {

	static Plan of(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		Cast cast = Cast.of(random);
		Weather weather = Weather.of(random, !cast.bookingsOnly());
		return new Plan(seed, cast.capacity(), weather,
				Stream.generate(() -> Step.of(random, cast)).limit(cast.size()).toList());
	}

	/**
	 * The same without one step. The others stay exactly as they are.
	 */
	Plan without(int index) {
		List<Step> fewer = new ArrayList<>(this.steps);
		fewer.remove(index);
		return new Plan(this.seed, this.capacity, this.weather, fewer);
	}

}
