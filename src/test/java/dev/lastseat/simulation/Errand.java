package dev.lastseat.simulation;

import java.util.SplittableRandom;

/**
 * A step under way. Its commands know it by the context of their subscription.
 *
 * @param random decides what becomes of its commands, one after the other
 */
record Errand(Step step, SplittableRandom random) {

	static Errand of(Step step) {
		return new Errand(step, new SplittableRandom(step.seed()));
	}

}
