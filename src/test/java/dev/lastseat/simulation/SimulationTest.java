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
 * The real service and the real repository on a simulated store, in thousands of small
 * worlds in which everything can go wrong. A seed is such a world: it decides who asks
 * for what and when, how long each command and each reply takes, and every fault. Time is
 * virtual and all of it happens on one thread, so a seed always replays exactly.
 * <p>
 * What goes wrong is in {@link Fault}. What must hold all the same: the invariants of the
 * event after every write; that each call is answered once, by an outcome or by a
 * {@code StorageException}, unless its caller gave up; and that a sequential execution
 * explains every answer and what is stored in the end.
 * <p>
 * The filters and updates of the repository are evaluated by what is behind the embedded
 * engine, command by command. Not covered: the driver itself, with its retries, pools and
 * cursors; that a server makes an update of one document in one step, and how long it
 * keeps it; threads; events that are created, deleted or listed meanwhile, and all of a
 * change but the capacity; what is above the service. Those have tests of their own on
 * real engines.
 * <p>
 * {@code -Dsimulation.seed=N} runs one seed, {@code -Dsimulation.seeds=N} that many, and
 * both together as many from that one on.
 */
class SimulationTest {

	private static final Long SEED = Long.getLong("simulation.seed");

	static final long SEEDS = Long.getLong("simulation.seeds", (SEED != null) ? 1 : 1_000);

	private final Tally tally = new Tally();

	private final Seeds seeds = new Seeds(Plan::of, Repositories::guarded, this.tally);

	private final Seeds seedsOfSmallPages = new Seeds(Plan::ofSmallPages, Repositories::guarded, this.tally);

	@Test
	void everythingThatIsSaidIsTrueWhateverGoesWrong() {
		simulate("simulation", this.seeds, SEEDS);
	}

	/**
	 * Registrations leave the document of the event, two processes move them at once, and
	 * either of them gives up anywhere in between.
	 */
	@Test
	void everythingThatIsSaidIsTrueAlsoOfThoseWhoHaveLeftTheDocument() {
		simulate("simulation, small pages", this.seedsOfSmallPages, SEEDS);

		assertThat(this.tally.ofSealings()).isGreaterThan((SEED != null) ? -1 : this.tally.seeds() / 4);
	}

	static void simulate(String kind, Seeds seeds, long count) {
		Tally tally = seeds.tally();
		long start = System.nanoTime();

		Run failure = seeds.firstFailure((SEED != null) ? SEED : 0, count);

		long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
		System.out.println("SIMULATED in " + millis + " ms: " + tally);
		new ProofResult(kind, tally.seeds(), tally.operations(), tally.of(Answer.UNKNOWN), tally.faults(), 0, 0, 0, 0,
				0, (failure != null) ? 1 : 0)
			.append(ProofResult.DIRECTORY.resolve("simulation.jsonl"));
		if (failure != null) {
			fail(report(seeds, failure));
		}
	}

	@Test
	void everythingThatCanGoWrongDoes() {
		assertThat(this.seeds.firstFailure(0, 500)).isNull();

		assertThat(EnumSet.complementOf(Fault.OF_ELECTIONS))
			.allSatisfy((fault) -> assertThat(this.tally.of(fault)).isGreaterThan(100));
		assertThat(Answer.values()).filteredOn((answer) -> answer != Answer.EVENT_NOT_FOUND)
			.allSatisfy((answer) -> assertThat(this.tally.of(answer)).isPositive());
		assertThat(this.tally.ofBusy()).isPositive();
	}

	@Test
	void aSeedReplaysExactly() {
		for (long seed = 0; seed < 100; seed++) {
			Plan plan = (seed < 50) ? Plan.of(seed) : Plan.ofSmallPages(seed);
			Run first = this.seeds.run(plan);
			Run second = this.seeds.run(plan);

			assertThat(second.history().operations()).isEqualTo(first.history().operations());
			assertThat(second.history().ledger()).isEqualTo(first.history().ledger());
		}
	}

	private static String report(Seeds seeds, Run failure) {
		long seed = failure.plan().seed();
		return String.join(System.lineSeparator(), "seed " + seed + ": " + failure.objection(),
				"again: ./mvnw test -Dtest='*SimulationTest' -Dsimulation.seed=" + seed,
				"shrunk from " + failure.plan().steps().size() + " steps: " + seeds.shrunk(failure).story());
	}

}
