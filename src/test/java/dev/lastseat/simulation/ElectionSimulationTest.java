package dev.lastseat.simulation;

import java.util.List;

import dev.lastseat.history.Answer;
import dev.lastseat.mongo.Repositories;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The simulation on a replica set with elections. The primary applies a write at once,
 * and acknowledges it when the majority has it. An election rolls back the writes that
 * the majority does not have. The deposed primary continues for a while: it applies
 * writes that are rolled back later, and answers reads from its own state. Each command
 * of either process goes to the old or the new primary.
 * <p>
 * A read with concern {@code local} sees the newest state of its member. With
 * {@code majority} it sees the state that, as far as this member knows, the majority has.
 * With {@code linearizable} it sees the newest state after the majority has confirmed it.
 * The repository chooses the read concern.
 * <p>
 * The sales with holds and parties have the clocks and sweeps of {@link SimulationTest}.
 * All faults of {@link SimulationTest} occur as well. The simulation checks each state of
 * the majority and every answer. Not covered: retries of the driver, reads from
 * secondaries, rollback files, and a majority that loses its disks.
 * <p>
 * The properties are those of {@link SimulationTest}.
 */
class ElectionSimulationTest {

	private final SimulationStatistics statistics = new SimulationStatistics();

	private final Seeds seeds = new Seeds(Plan::withElections, Repositories::onReplicaSet, this.statistics);

	private final Seeds seedsWithSmallSegments = new Seeds(Plan::ofSmallSegmentsWithElections,
			Repositories::onReplicaSet, this.statistics);

	private final Seeds seedsOfSales = new Seeds(Plan::ofSaleWithElections, Repositories::onReplicaSet,
			this.statistics);

	@Test
	void allAnswersAreTrueWithElections() {
		SimulationTest.simulate("simulation, elections", this.seeds, SimulationTest.SEEDS);
	}

	@Test
	void allAnswersAreTrueWithElectionsAndSealedSegments() {
		SimulationTest.simulate("simulation, elections, small segments", this.seedsWithSmallSegments,
				(SimulationTest.SEEDS + 1) / 2);
	}

	@Test
	void allAnswersAreTrueWithElectionsHoldsAndParties() {
		SimulationTest.simulate("simulation, elections, holds and parties", this.seedsOfSales,
				(SimulationTest.SEEDS + 7) / 8);
	}

	@Test
	void everyKindOfFaultOccursInSales() {
		assertThat(this.seedsOfSales.firstFailure(0, 100)).isNull();

		assertThat(Fault.OF_ELECTIONS)
			.allSatisfy((fault) -> assertThat(this.statistics.of(fault)).as(fault.name()).isGreaterThan(5));
		assertThat(List.of(Answer.HELD, Answer.ALREADY_HELD, Answer.CONFIRMED, Answer.HOLD_RELEASED, Answer.SOLD_OUT))
			.allSatisfy((answer) -> assertThat(this.statistics.of(answer)).as(answer.name()).isPositive());
	}

	@Test
	void everyKindOfFaultOccurs() {
		assertThat(this.seeds.firstFailure(0, 100)).isNull();
		assertThat(this.seedsWithSmallSegments.firstFailure(0, 100)).isNull();

		assertThat(Fault.OF_ELECTIONS)
			.allSatisfy((fault) -> assertThat(this.statistics.of(fault)).as(fault.name()).isGreaterThan(20));
		assertThat(this.statistics.ofSealings()).isGreaterThan(20);
	}

	@Test
	void aSeedReplaysExactly() {
		for (long seed = 0; seed < 50; seed++) {
			expectSameRun(this.seeds, Plan.withElections(seed));
			expectSameRun(this.seedsWithSmallSegments, Plan.ofSmallSegmentsWithElections(seed));
			expectSameRun(this.seedsOfSales, Plan.ofSaleWithElections(seed));
		}
	}

	private static void expectSameRun(Seeds seeds, Plan plan) {
		Run first = seeds.run(plan);
		Run second = seeds.run(plan);

		assertThat(second.history().operations()).isEqualTo(first.history().operations());
		assertThat(second.history().ledger()).isEqualTo(first.history().ledger());
	}

}
