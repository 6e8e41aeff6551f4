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
 * Kills the service with the embedded engine while it sells an event.
 */
@Tag("proof")
class EmbeddedCrashIT {

	private static final Duration TIMEOUT = TestRun.TIMEOUT;

	@TempDir
	private Path directory;

	@RepeatedTest(3)
	void losesOnlyBookingsOfTheDocumentedDurabilityWindow() {
		Seed seed = new Seed();
		try (ServiceProcess service = new ServiceProcess(this.directory).awaitReady()) {
			Workload.warmUp(service);
			Workload workload = new Workload(List.of(service), seed.random("workload"));
			// The event is not sold out before the end of this range.
			Duration killTime = Duration.ofMillis(1_500 + seed.random("kill").nextInt(2_000));
			Mono<Long> kill = Mono.delay(killTime).map((elapsed) -> {
				service.kill();
				return workload.now();
			}).cache();
			workload.run(kill).block(TIMEOUT);
			long killedAt = kill.block();

			History untilKill = DurabilityWindow.upTo(workload.history(this::stored), killedAt);
			service.restart();
			workload.resolveUnknownOutcomes().block(TIMEOUT);
			service.terminate();
			History whole = workload.history(this::stored);

			new RunChecker("service with the embedded engine killed", seed).check(1, Anomalies.of(untilKill).lost(),
					List.of(DurabilityWindow.relax(untilKill, killedAt), DurabilityWindow.relax(whole, killedAt)),
					workload.unexpectedAnswers());
		}
	}

	private Ledger stored(EventId event) {
		try (TestEngine engine = new TestEngine(this.directory.resolve("data"))) {
			return LedgerReader.read(engine.connectionString(), "lastseat", event);
		}
	}

}
