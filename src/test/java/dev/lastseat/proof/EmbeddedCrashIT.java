package dev.lastseat.proof;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.lastseat.TestRun;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Ledger;
import dev.lastseat.embedded.TestEngine;
import dev.lastseat.history.History;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/**
 * The whole service with the embedded engine, killed in the middle of a sale.
 */
@Tag("proof")
class EmbeddedCrashIT {

	private static final Duration TIMEOUT = TestRun.TIMEOUT;

	@TempDir
	private Path directory;

	@RepeatedTest(3)
	void forgetsTheLastMomentAtMostAndNothingElse() {
		Seed seed = new Seed();
		try (ServiceProcess service = new ServiceProcess(this.directory).awaitReady()) {
			Workload.rehearse(service);
			Workload sale = new Workload(List.of(service), seed.random("sale"));
			// While seats are left, whatever the moment.
			Duration moment = Duration.ofMillis(1_500 + seed.random("kill").nextInt(2_000));
			Mono<Long> kill = Mono.delay(moment).map((time) -> {
				service.kill();
				return sale.now();
			}).cache();
			sale.run(kill).block(TIMEOUT);
			long killed = kill.block();

			History untilThen = DurabilityWindow.upTo(sale.history(this::stored), killed);
			service.restart();
			sale.settle().block(TIMEOUT);
			service.terminate();
			History whole = sale.history(this::stored);

			new RunChecker("service with the embedded engine killed", seed).judge(1, Anomalies.of(untilThen).lost(),
					List.of(DurabilityWindow.forgive(untilThen, killed), DurabilityWindow.forgive(whole, killed)),
					sale.mistakes());
		}
	}

	private Ledger stored(EventId event) {
		try (TestEngine engine = new TestEngine(this.directory.resolve("data"))) {
			return LedgerReader.read(engine.connectionString(), "lastseat", event);
		}
	}

}
