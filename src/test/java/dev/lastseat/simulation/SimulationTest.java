package dev.lastseat.simulation;

import java.util.EnumSet;
import java.util.concurrent.TimeUnit;

import dev.lastseat.history.Answer;
import dev.lastseat.mongo.Repositories;
import dev.lastseat.proof.ProofResult;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Deterministic simulation of the service and the repository on a simulated store, with
 * faults. A seed determines the operations and their times, the duration of each command
 * and each reply, and every fault. Time is virtual and there is one thread, so a seed
 * always replays exactly.
 * <p>
 * {@link Fault} lists the faults. In spite of them the invariants of the event hold after
 * every write. Each call is answered once, by an outcome or by a
 * {@code StorageException}, unless its caller cancels. A sequential execution explains
 * every answer and the stored state at the end.
 * <p>
 * The library of the embedded engine evaluates the filters and updates, one command at a
 * time. Not covered: the driver with its retries, pools and cursors; that a server
 * updates one document atomically, and durability; threads; the creation, deletion and
 * list of events during a run, and changes other than the capacity; the layers above the
 * service. These have tests of their own on real engines.
 * <p>
 * {@code -Dsimulation.seed=N} runs one seed, {@code -Dsimulation.seeds=N} runs N seeds.
 * With both, the N seeds start at the given one.
 */
class SimulationTest {

	private static final Long SEED = Long.getLong("simulation.seed");

	static final long SEEDS = Long.getLong("simulation.seeds", (SEED != null) ? 1 : 1_000);

	private final SimulationStatistics statistics = new SimulationStatistics();

	private final Seeds seeds = new Seeds(Plan::of, Repositories::guarded, this.statistics);

	private final Seeds seedsOfSales = new Seeds(Plan::ofSale, Repositories::guarded, this.statistics);

	private final Seeds seedsOfSalesWithSmallSegments = new Seeds(Plan::ofSaleWithSmallSegments, Repositories::guarded,
			this.statistics);

	private final Seeds seedsOfWaitingLists = new Seeds(Plan::ofWaitingList, Repositories::guarded, this.statistics);

	private final Seeds seedsOfWaitingListsWithSmallSegments = new Seeds(Plan::ofWaitingListWithSmallSegments,
			Repositories::guarded, this.statistics);

	private final Seeds seedsOfSmallSegments = new Seeds(Plan::ofSmallSegments, Repositories::guarded, this.statistics);

	@Test
	void allAnswersAreTrueWithFaults() {
		simulate("simulation", this.seeds, SEEDS);
	}

	/**
	 * Registrations are sealed. Two processes seal them at the same time, and each of
	 * them may stop at any point.
	 */
	@Test
	void allAnswersAreTrueWithFaultsAndSealedSegments() {
		simulate("simulation, small segments", this.seedsOfSmallSegments, SEEDS);

		assertThat(this.statistics.ofSealings()).isGreaterThan((SEED != null) ? -1 : this.statistics.seeds() / 4);
	}

	/**
	 * Users hold seats and confirm them, or let the holds expire; parties book and hold;
	 * some sales have a window. The clocks of the processes jump by seconds.
	 */
	@Test
	void allAnswersAreTrueWithFaultsHoldsAndParties() {
		simulate("simulation, holds and parties", this.seedsOfSales, SEEDS);
	}

	@Test
	void allAnswersAreTrueWithFaultsHoldsPartiesAndSealedSegments() {
		simulate("simulation, holds, parties, small segments", this.seedsOfSalesWithSmallSegments, (SEEDS + 1) / 2);
	}

	/**
	 * Users join and leave the waiting list, accept and decline offers, or let them
	 * expire. The journal explains each run.
	 */
	@Test
	void allAnswersAreTrueWithFaultsAndWaitingLists() {
		simulate("simulation, waiting list", this.seedsOfWaitingLists, (SEEDS + 1) / 2);
	}

	/** Entries of the journal are moved to their collection during the run. */
	@Test
	void allAnswersAreTrueWithFaultsWaitingListsAndSealedSegments() {
		simulate("simulation, waiting list, small segments", this.seedsOfWaitingListsWithSmallSegments,
				(SEEDS + 1) / 2);
	}

	static void simulate(String kind, Seeds seeds, long count) {
		SimulationStatistics statistics = seeds.statistics();
		long start = System.nanoTime();

		Run failure = seeds.firstFailure((SEED != null) ? SEED : 0, count);

		long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
		System.out.println("SIMULATED in " + millis + " ms: " + statistics);
		new ProofResult(kind, statistics.seeds(), statistics.operations(), statistics.faults(), 0, 0, 0, 0, 0,
				(failure != null) ? 1 : 0)
			.append(ProofResult.DIRECTORY.resolve("simulation.jsonl"));
		if (failure != null) {
			fail(report(seeds, failure));
		}
	}

	@Test
	void everyKindOfFaultOccurs() {
		assertThat(this.seeds.firstFailure(0, 500)).isNull();

		assertThat(EnumSet.complementOf(Fault.OF_ELECTIONS))
			.allSatisfy((fault) -> assertThat(this.statistics.of(fault)).isGreaterThan(100));
		assertThat(this.seedsOfSales.firstFailure(0, 500)).isNull();
		assertThat(this.seedsOfWaitingLists.firstFailure(0, 500)).isNull();
		assertThat(Answer.values()).filteredOn((answer) -> answer != Answer.EVENT_NOT_FOUND)
			.allSatisfy((answer) -> assertThat(this.statistics.of(answer)).isPositive());
		assertThat(this.statistics.ofBusy()).isPositive();
	}

	@Test
	void aSeedReplaysExactly() {
		for (long seed = 0; seed < 100; seed++) {
			Plan plan = (seed < 50) ? Plan.of(seed) : Plan.ofSmallSegments(seed);
			Run first = this.seeds.run(plan);
			Run second = this.seeds.run(plan);

			assertThat(second.history().operations()).isEqualTo(first.history().operations());
			assertThat(second.history().ledger()).isEqualTo(first.history().ledger());
		}
	}

	private static String report(Seeds seeds, Run failure) {
		long seed = failure.plan().seed();
		return String.join(System.lineSeparator(), "seed " + seed + ": " + failure.violation(),
				"again: ./mvnw test -Dtest='*SimulationTest' -Dsimulation.seed=" + seed,
				"shrunk from " + failure.plan().steps().size() + " steps: " + seeds.shrunk(failure).description());
	}

}
