package dev.lastseat.simulation;

import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;

/**
 * Runs the plans of seeds, one after the other.
 *
 * @param plans creates the plan of a seed
 * @param repository creates the repository of a process
 * @param readConcerns overrides the read concerns of the repository
 */
record Seeds(LongFunction<Plan> plans, RepositoryFactory repository, ReadConcernOverride readConcerns,
		SimulationStatistics statistics) {

	/** With the read concerns that the repository chooses. */
	Seeds(LongFunction<Plan> plans, RepositoryFactory repository, SimulationStatistics statistics) {
		this(plans, repository, ReadConcernOverride.NONE, statistics);
	}

	/**
	 * @param first the first seed
	 * @param count the number of seeds
	 * @return the first run that fails, not shrunk; null if none fails
	 */
	@Nullable Run firstFailure(long first, long count) {
		for (long seed = first; seed < first + count; seed++) {
			Run run = run(this.plans.apply(seed));
			if (run.failed()) {
				return run;
			}
		}
		return null;
	}

	Run run(Plan plan) {
		return Simulation.run(plan, this.repository, this.readConcerns, this.statistics);
	}

	/**
	 * The failing run with as few steps as possible.
	 */
	Run shrunk(Run failed) {
		return new Shrinker(
				(plan) -> Simulation.run(plan, this.repository, this.readConcerns, new SimulationStatistics()))
			.shrink(failed);
	}

}
