package dev.lastseat.simulation;

import java.util.SplittableRandom;

import dev.lastseat.booking.UserId;
import dev.lastseat.history.Action;

/**
 * A step under way. Its commands know it by the context of their subscription.
 *
 * @param random decides what becomes of its commands, one after the other
 * @param routes decides likewise where they go in a replica set
 * @param home where most of them go, 0 to 1
 */
record Errand(Step step, SplittableRandom random, SplittableRandom routes, double home) {

	/** In whose way somebody else may get as well: it has to do with everybody. */
	static Errand ofUpkeep(long seed) {
		return of(new Step(Action.CANCEL, new UserId("user-0"), 0, 0, Step.FOREVER, 0, seed));
	}

	static Errand of(Step step) {
		SplittableRandom routes = new SplittableRandom(~step.seed());
		return new Errand(step, new SplittableRandom(step.seed()), routes, routes.nextDouble());
	}

	Route nextRoute(Elections elections) {
		return Route.next(this.routes, this.home, elections);
	}

}
