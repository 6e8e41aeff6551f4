package dev.lastseat.simulation;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Shrinks a failing run, so that it is easy to read.
 */
final class Shrinker {

	/** The most steps that are removed at once. More would take too long. */
	private static final int MAX_AT_ONCE = 3;

	private final Function<Plan, Run> rerun;

	/**
	 * @param rerun executes a plan
	 */
	Shrinker(Function<Plan, Run> rerun) {
		this.rerun = rerun;
	}

	/**
	 * Removes steps, one at a time and then several at once, while the rest still fails.
	 * The remaining steps keep their start times and their faults.
	 * @return a run that fails, possibly for another reason
	 */
	Run shrink(Run failed) {
		for (int count = 1; count <= MAX_AT_ONCE; count++) {
			Run smaller = failing(failed.plan(), count, 0);
			if (smaller != null) {
				return shrink(smaller);
			}
		}
		return failed;
	}

	/**
	 * @param count the number of steps to remove, from the index on
	 */
	private @Nullable Run failing(Plan plan, int count, int index) {
		if (count == 0) {
			Run run = this.rerun.apply(plan);
			return run.failed() ? run : null;
		}
		for (int next = index; next < plan.steps().size(); next++) {
			Run smaller = failing(plan.without(next), count - 1, next);
			if (smaller != null) {
				return smaller;
			}
		}
		return null;
	}

}
