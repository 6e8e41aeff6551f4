package dev.lastseat.simulation;

import java.util.List;
import java.util.SplittableRandom;

import dev.lastseat.booking.UserId;
import dev.lastseat.history.Action;

/**
 * A step that is being executed. Its commands find it in the context of their
 * subscription.
 *
 * @param random decides the delivery of its commands, one after the other
 * @param routes decides the routes of its commands in a replica set, one after the other
 * @param home the preferred route of this step, from 0 to 1: most of its commands take it
 */
record StepContext(Step step, SplittableRandom random, SplittableRandom routes, double home) {

	/**
	 * The context of maintenance, which belongs to no step. It counts as a cancellation,
	 * so that another process can interfere with it too.
	 */
	static StepContext ofMaintenance(long seed) {
		return of(new Step(Action.CANCEL, List.of(new UserId("user-0")), 0, 0, Step.FOREVER, 0, seed));
	}

	static StepContext of(Step step) {
		SplittableRandom routes = new SplittableRandom(~step.seed());
		return new StepContext(step, new SplittableRandom(step.seed()), routes, routes.nextDouble());
	}

	Route nextRoute(ElectionPlan elections) {
		return Route.next(this.routes, this.home, elections);
	}

}
