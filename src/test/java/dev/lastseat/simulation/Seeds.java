package dev.lastseat.simulation;

import java.util.function.BiFunction;
import java.util.function.LongFunction;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.mongo.segments.SegmentSize;
import org.jspecify.annotations.Nullable;

/**
 * Runs seeds, one after the other.
 *
 * @param plans what a seed stands for
 * @param repository what is under the service
 * @param reading chooses its read concerns
 */
record Seeds(LongFunction<Plan> plans, BiFunction<MongoDatabase, SegmentSize, EventRepository> repository,
		Reading reading, Tally tally) {

	/** With the read concerns that the repository chooses. */
	Seeds(LongFunction<Plan> plans, BiFunction<MongoDatabase, SegmentSize, EventRepository> repository, Tally tally) {
		this(plans, repository, Reading.OWN, tally);
	}

	/**
	 * @param first the seed to begin with
	 * @param count of seeds
	 * @return the first run that fails, as it was; null when none does
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
		return Simulation.run(plan, this.repository, this.reading, this.tally);
	}

	/**
	 * The same failure with as few steps as possible.
	 */
	Run shrunk(Run failed) {
		return new Shrinker((plan) -> Simulation.run(plan, this.repository, this.reading, new Tally())).shrink(failed);
	}

}
