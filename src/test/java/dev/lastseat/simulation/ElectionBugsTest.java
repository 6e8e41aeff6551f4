package dev.lastseat.simulation;

import java.util.function.LongFunction;

import com.mongodb.ReadConcern;
import dev.lastseat.mongo.Repositories;
import dev.lastseat.proof.FoundBug;
import dev.lastseat.proof.ProofResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The negative control of the simulation with elections. When reads for one purpose have
 * a weaker read concern, it finds an untrue answer or an inconsistent event.
 */
class ElectionBugsTest {

	/** The number of seeds to search. */
	private static final long SEEDS = Math.max(1_000, Long.getLong("simulation.seeds", 0));

	@ParameterizedTest
	@EnumSource
	void findsAReadConcernThatIsTooWeak(Bug bug) {
		ReadConcernOverride readConcerns = ReadConcernOverride.NONE.but(bug.purpose, bug.concern);

		Run failure = new Seeds(bug.plans, Repositories::onReplicaSet, readConcerns, new SimulationStatistics())
			.firstFailure(bug.first, SEEDS);

		assertThat(failure).as(bug.toString()).isNotNull();
		System.out.println("FOUND " + bug + " with seed " + failure.plan().seed() + ": " + failure.violation());
		new FoundBug(bug.toString(), failure.plan().seed() + 1).append(ProofResult.DIRECTORY);
	}

	@Test
	void findsARememberedHoldThatIsUsedWithoutAGuard() {
		Run failure = new Seeds(Plan::ofSaleWithElections, Repositories::trustingRememberedHolds,
				new SimulationStatistics())
			.firstFailure(0, SEEDS);

		assertThat(failure).isNotNull();
		System.out.println("FOUND a remembered hold without a guard with seed " + failure.plan().seed() + ": "
				+ failure.violation());
		new FoundBug("a remembered hold used without a guard, with elections", failure.plan().seed() + 1)
			.append(ProofResult.DIRECTORY);
	}

	enum Bug {

		EXPLAINING_LOCAL(ReadPurpose.EXPLAINING, ReadConcern.LOCAL, Plan::withElections, 0),

		EXPLAINING_SALES_LOCAL(ReadPurpose.EXPLAINING, ReadConcern.LOCAL, Plan::ofSaleWithElections, 0),

		EXPLAINING_MAJORITY(ReadPurpose.EXPLAINING, ReadConcern.MAJORITY, Plan::withElections, 2_194),

		SEALING_LOCAL(ReadPurpose.SEALING, ReadConcern.LOCAL, Plan::ofSmallSegmentsWithElections, 0),

		SEALED_REGISTRATIONS_MAJORITY(ReadPurpose.SEALED_REGISTRATIONS, ReadConcern.MAJORITY,
				Plan::ofSmallSegmentsWithElections, 1_300),

		MOVING_JOURNAL_LOCAL(ReadPurpose.MOVING_JOURNAL, ReadConcern.LOCAL, Plan::ofSmallSegmentsWithElections, 0),

		MEMORY_LOCAL(ReadPurpose.MEMORY, ReadConcern.LOCAL, Plan::ofSmallSegmentsWithElections, 2_500);

		private final ReadPurpose purpose;

		private final ReadConcern concern;

		private final LongFunction<Plan> plans;

		private final long first;

		/**
		 * @param first the first seed; for a rare bug, a seed that finds it
		 */
		Bug(ReadPurpose purpose, ReadConcern concern, LongFunction<Plan> plans, long first) {
			this.purpose = purpose;
			this.concern = concern;
			this.plans = plans;
			this.first = first;
		}

		@Override
		public String toString() {
			String sale = (this == EXPLAINING_SALES_LOCAL) ? ", with holds" : "";
			return this.concern.getLevel().getValue() + " reads for " + this.purpose + sale;
		}

	}

}
