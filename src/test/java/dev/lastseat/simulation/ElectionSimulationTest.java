package dev.lastseat.simulation;

import dev.lastseat.mongo.Repositories;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The simulation on a replica set that holds elections. Its primary makes a write at once
 * and acknowledges it when the majority has it. An election takes back what the majority
 * did not have. The deposed primary goes on for a while: it makes writes, which are taken
 * back, and answers reads from what it has. Both processes reach either primary, and
 * change from one to the other anywhere in between.
 * <p>
 * A read with concern {@code local} sees the newest state of its member, with
 * {@code majority} the state that this member knows the majority to have, and with
 * {@code linearizable} the newest state once the majority has confirmed it. Which of them
 * a read has is the choice of the repository.
 * <p>
 * All faults of {@link SimulationTest} happen as well. Judged are the states of the
 * majority, one after the other, and every answer. Not covered: retries of the driver,
 * reads from secondaries, rollback files, and a majority that loses its disks.
 * <p>
 * The properties are those of {@link SimulationTest}.
 */
class ElectionSimulationTest {

	private final Tally tally = new Tally();

	private final Seeds seeds = new Seeds(Plan::withElections, Repositories::onReplicaSet, this.tally);

	private final Seeds seedsOfSmallPages = new Seeds(Plan::ofSmallPagesWithElections, Repositories::onReplicaSet,
			this.tally);

	@Test
	void everythingThatIsSaidIsTrueWhateverElectionsTakeBack() {
		SimulationTest.simulate("simulation, elections", this.seeds, SimulationTest.SEEDS);
	}

	@Test
	void everythingThatIsSaidIsTrueAlsoOfThoseWhoHaveLeftTheDocument() {
		SimulationTest.simulate("simulation, elections, small pages", this.seedsOfSmallPages,
				(SimulationTest.SEEDS + 1) / 2);
	}

	@Test
	void everythingThatCanGoWrongDoes() {
		assertThat(this.seeds.firstFailure(0, 100)).isNull();
		assertThat(this.seedsOfSmallPages.firstFailure(0, 100)).isNull();

		assertThat(Fault.OF_ELECTIONS)
			.allSatisfy((fault) -> assertThat(this.tally.of(fault)).as(fault.name()).isGreaterThan(20));
		assertThat(this.tally.ofSealings()).isGreaterThan(20);
	}

	@Test
	void aSeedReplaysExactly() {
		for (long seed = 0; seed < 50; seed++) {
			expectTheSame(this.seeds, Plan.withElections(seed));
			expectTheSame(this.seedsOfSmallPages, Plan.ofSmallPagesWithElections(seed));
		}
	}

	private static void expectTheSame(Seeds seeds, Plan plan) {
		Run first = seeds.run(plan);
		Run second = seeds.run(plan);

		assertThat(second.history().operations()).isEqualTo(first.history().operations());
		assertThat(second.history().ledger()).isEqualTo(first.history().ledger());
	}

}
