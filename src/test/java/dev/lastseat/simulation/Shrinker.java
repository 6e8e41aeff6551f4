package dev.lastseat.simulation;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Makes a failing run small enough to be read.
 */
final class Shrinker {

	/** Steps that may only be missed together. More would take too long. */
	private static final int TOGETHER = 3;

	private final Function<Plan, Run> rerun;

	/**
	 * @param rerun carries a plan out
	 */
	Shrinker(Function<Plan, Run> rerun) {
		this.rerun = rerun;
	}

	/**
	 * Leaves steps out, one at a time and then a few together, for as long as the rest
	 * still fails. Those that remain start as before, and as much goes wrong with them.
	 * @return a run that fails, for whatever reason
	 */
	Run shrink(Run failed) {
		for (int count = 1; count <= TOGETHER; count++) {
			Run smaller = failing(failed.plan(), count, 0);
			if (smaller != null) {
				return shrink(smaller);
			}
		}
		return failed;
	}

	/**
	 * @param count of steps to leave out, none of them before the index
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
