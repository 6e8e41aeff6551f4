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
 * Three processes sell one event, and everything breaks: their lines to the database, one
 * process after the other, the database itself. Every run ends in a history that is
 * explained, with all that was confirmed.
 */
@Tag("proof")
@EnabledIf(value = Database.IS_THERE, disabledReason = Database.NONE)
class SharedDatabaseFaultsIT {

	private static final Duration TIMEOUT = TestRun.TIMEOUT;

	/** From one fault to the next, and after the last. */
	private static final Duration MEANWHILE = Duration.ofSeconds(2);

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
	void sellsOnceThroughLinesThatBreakInOneWay(NetworkFault kind) {
		expectTruth("line " + kind, lineFaults(List.of(kind)));
	}

	@Test
	void sellsOnceThroughLinesThatBreakInEveryWay() {
		expectTruth("line, everything", lineFaults(List.of(NetworkFault.values())));
	}

	@Test
	void sellsOnceWhileProcessesAreKilled() {
		Random random = this.seed.random("faults");
		Stream<ServiceProcess> killed = shared.services.stream().skip(random.nextInt(2)).limit(2);

		expectTruth("service killed", after(random, killed.map((service) -> inBackground(() -> {
			service.kill();
			service.restart();
		})).toList()));
	}

	@Test
	void sellsOnceWhileTheDatabaseIsKilled() {
		Random random = this.seed.random("faults");
		Mono<Void> kill = inBackground(shared.database::kill).then(Mono.delay(Duration.ofMillis(random.nextInt(1_500))))
			.then(inBackground(shared.database::restart));

		expectTruth("database killed", after(random, List.of(kill, kill)));
	}

	private Mono<Integer> lineFaults(List<NetworkFault> kinds) {
		return new NetworkFaultInjector(shared.lines, kinds, this.seed.random("faults")).strike();
	}

	/** One fault after the other, each after some time. */
	private static Mono<Integer> after(Random random, List<Mono<Void>> faults) {
		return Flux.fromIterable(faults)
			.concatMap((fault) -> Mono.delay(MEANWHILE.plusMillis(random.nextInt(500))).then(fault))
			.then(Mono.delay(MEANWHILE))
			.thenReturn(faults.size());
	}

	private static Mono<Void> inBackground(Runnable action) {
		return Mono.<Void>fromRunnable(action).subscribeOn(Schedulers.boundedElastic());
	}

	private void expectTruth(String kind, Mono<Integer> faults) {
		Workload sale = new Workload(shared.services, this.seed.random("sale"));
		Mono<Integer> once = faults.cache();
		sale.run(once).block(TIMEOUT);
		sale.settle().block(TIMEOUT);
		History history = sale.history(shared::stored);

		new RunChecker(kind + ", " + shared.database.name(), this.seed).judge(once.block(), 0, List.of(history),
				sale.mistakes());
	}

}
