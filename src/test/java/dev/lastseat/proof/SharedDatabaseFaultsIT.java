package dev.lastseat.proof;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import dev.lastseat.TestRun;
import dev.lastseat.history.History;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Three processes sell one event during faults: of the network to the database, of the
 * processes, and of the database. In every run the history must be linearizable, and no
 * confirmed booking may be lost.
 */
@Tag("proof")
@EnabledIf(value = Database.AVAILABLE, disabledReason = Database.UNAVAILABLE_REASON)
class SharedDatabaseFaultsIT {

	private static final Duration TIMEOUT = TestRun.TIMEOUT;

	/** Time before each fault and after the last. */
	private static final Duration FAULT_INTERVAL = Duration.ofSeconds(2);

	private static SharedDatabase shared;

	private final Seed seed = new Seed();

	@BeforeAll
	static void start(@TempDir Path directory) {
		shared = new SharedDatabase(directory);
	}

	@AfterAll
	static void stop() {
		shared.close();
	}

	@ParameterizedTest
	@EnumSource
	void sellsEachSeatOnceWithOneKindOfNetworkFault(NetworkFault kind) {
		expectNoAnomaly("network " + kind, networkFaults(List.of(kind)));
	}

	@Test
	void sellsEachSeatOnceWithAllKindsOfNetworkFaults() {
		expectNoAnomaly("network, all kinds", networkFaults(List.of(NetworkFault.values())));
	}

	@Test
	void sellsEachSeatOnceWhileProcessesAreKilled() {
		Random random = this.seed.random("faults");
		Stream<ServiceProcess> killed = shared.services.stream().skip(random.nextInt(2)).limit(2);

		expectNoAnomaly("service killed", inSequence(random, killed.map((service) -> inBackground(() -> {
			service.kill();
			service.restart();
		})).toList()));
	}

	@Test
	void sellsEachSeatOnceWhileTheDatabaseIsKilled() {
		Random random = this.seed.random("faults");
		Mono<Void> kill = inBackground(shared.database::kill).then(Mono.delay(Duration.ofMillis(random.nextInt(1_500))))
			.then(inBackground(shared.database::restart));

		expectNoAnomaly("database killed", inSequence(random, List.of(kill, kill)));
	}

	private Mono<Integer> networkFaults(List<NetworkFault> kinds) {
		return new NetworkFaultInjector(shared.proxies, kinds, this.seed.random("faults")).inject();
	}

	/** Runs the faults one after the other, with an interval before each. */
	private static Mono<Integer> inSequence(Random random, List<Mono<Void>> faults) {
		return Flux.fromIterable(faults)
			.concatMap((fault) -> Mono.delay(FAULT_INTERVAL.plusMillis(random.nextInt(500))).then(fault))
			.then(Mono.delay(FAULT_INTERVAL))
			.thenReturn(faults.size());
	}

	private static Mono<Void> inBackground(Runnable action) {
		return Mono.<Void>fromRunnable(action).subscribeOn(Schedulers.boundedElastic());
	}

	private void expectNoAnomaly(String kind, Mono<Integer> faults) {
		Workload workload = new Workload(shared.services, this.seed.random("workload"));
		Mono<Integer> injected = faults.cache();
		workload.run(injected).block(TIMEOUT);
		workload.resolveUnknownOutcomes().block(TIMEOUT);
		History history = workload.history(shared::stored);

		new RunChecker(kind + ", " + shared.database.name(), this.seed).check(injected.block(), 0, List.of(history),
				workload.unexpectedAnswers());
	}

}
