package dev.lastseat.simulation;

import java.util.SplittableRandom;

import dev.lastseat.booking.UserId;
import dev.lastseat.history.Action;

/**
 * A step under way. Its commands know it by the context of their subscription.
 *
 * @param random decides what becomes of its commands, one after the other
 */
record Errand(Step step, SplittableRandom random) {

	/** In whose way somebody else may get as well: it has to do with everybody. */
	static Errand ofUpkeep(long seed) {
		return of(new Step(Action.CANCEL, new UserId("user-0"), 0, 0, Step.FOREVER, 0, seed));
	}

	static Errand of(Step step) {
		return new Errand(step, new SplittableRandom(step.seed()));
	}

}
