package dev.lastseat.proof;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import dev.lastseat.TcpProxy;
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

import static org.assertj.core.api.Assertions.assertThat;

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

	private static final int ROUNDS_WITH_BUG = 4;

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

		expectNoAnomalyUntilHoldsExpire("service killed",
				inSequence(random, killed.map((service) -> inBackground(() -> {
					service.kill();
					service.restart();
				})).toList()));
	}

	@Test
	void sellsEachSeatOnceWhileTheDatabaseIsKilled() {
		Random random = this.seed.random("faults");
		Mono<Void> kill = inBackground(shared.database::kill).then(Mono.delay(Duration.ofMillis(random.nextInt(1_500))))
			.then(inBackground(shared.database::restart));

		expectNoAnomalyUntilHoldsExpire("database killed", inSequence(random, List.of(kill, kill)));
	}

	/** The negative control. */
	@Test
	void findsAFailedHoldThatABrokenServiceReportsAsMade(@TempDir Path directory) {
		TcpProxy proxy = shared.proxies.get(0);
		try (ServiceProcess broken = ServiceProcess.broken(directory, shared.optionOf(proxy)).awaitReady()) {
			Mono<Integer> faults = new NetworkFaultInjector(List.of(proxy), List.of(NetworkFault.COMMANDS_LOST),
					this.seed.random("faults"))
				.inject(ROUNDS_WITH_BUG)
				.cache();
			SmallSales sales = new SmallSales(List.of(broken), this.seed.random("sales"));
			sales.run(faults).block(TIMEOUT);

			assertThat(sales.histories(shared::stored)).as("histories with %s", this.seed)
				.extracting((history) -> Anomalies.ofSale(history).isNone())
				.contains(false);
		}
		new FoundBug("a failed hold reported as made, with commands lost", 1).append(ProofResult.DIRECTORY);
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
		expectNoAnomaly(kind, faults, Clients::run);
	}

	/** Also sells the seats of expired holds. */
	private void expectNoAnomalyUntilHoldsExpire(String kind, Mono<Integer> faults) {
		List<History> sales = expectNoAnomaly(kind, faults, Clients::runUntilHoldsExpire);

		OperationCounts counts = OperationCounts
			.of(sales.stream().flatMap((sale) -> sale.operations().stream()).toList());
		assertThat(List.of(counts.notOpen(), counts.confirmed(), counts.released(), SmallSale.lateBookings(sales)))
			.as("not open, confirmed, released, seats of expired holds sold")
			.allMatch((count) -> count > 0);
	}

	private List<History> expectNoAnomaly(String kind, Mono<Integer> faults,
			BiFunction<Clients, Mono<?>, Mono<Void>> run) {
		Clients clients = new Clients(shared.services, this.seed);
		Mono<Integer> injected = faults.cache();
		run.apply(clients, injected).block(TIMEOUT);
		clients.resolveUnknownOutcomes().block(TIMEOUT);
		History history = clients.workload.event().history(shared::stored);
		List<History> sales = new ArrayList<>(clients.sales.histories(shared::stored));
		SmallSale.requireHoldsAndParties(sales);
		sales.add(clients.waiting.historyWithJournal(shared::stored));

		new RunChecker(kind + ", " + shared.database.name(), this.seed).check(injected.block(), 0, List.of(history),
				sales, clients.unexpectedAnswers());
		return sales;
	}

}
