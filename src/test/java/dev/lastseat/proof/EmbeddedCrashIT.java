package dev.lastseat.proof;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import dev.lastseat.TestRun;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Ledger;
import dev.lastseat.embedded.TestEngine;
import dev.lastseat.history.History;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
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
	void losesOnlyChangesOfTheDocumentedDurabilityWindow(RepetitionInfo repetition) {
		Seed seed = new Seed();
		try (ServiceProcess service = new ServiceProcess(this.directory).awaitReady()) {
			Workload.warmUp(service);
			Clients clients = new Clients(List.of(service), seed);
			RecordedEvent event = clients.workload.event();
			// The event is not sold out before the end of this range.
			Duration killTime = Duration.ofMillis(1_500 + seed.random("kill").nextInt(2_000));
			Mono<Long> kill = Mono.delay(killTime).map((elapsed) -> {
				service.kill();
				return System.nanoTime();
			}).cache();
			clients.run(kill).block(TIMEOUT);
			long killedAt = kill.block();

			History untilKill = DurabilityWindow.upTo(stored(event::history), event.at(killedAt));
			service.restart();
			if (repetition.getCurrentRepetition() == repetition.getTotalRepetitions()) {
				clients.sales.buyLate().block(TIMEOUT);
			}
			clients.resolveUnknownOutcomes().block(TIMEOUT);
			service.terminate();
			History whole = stored(event::history);

			List<History> sales = stored((reader) -> clients.sales.historiesWithKill(reader, killedAt));
			SmallSale.requireHoldsAndParties(sales);

			new RunChecker("service with the embedded engine killed", seed).check(1, Anomalies.of(untilKill).lost(),
					List.of(DurabilityWindow.relax(untilKill, event.at(killedAt)),
							DurabilityWindow.relax(whole, event.at(killedAt))),
					sales, clients.unexpectedAnswers());
		}
	}

	/** Reads the stored state while the service does not run. */
	private <T> T stored(Function<Function<EventId, Ledger>, T> histories) {
		try (TestEngine engine = new TestEngine(this.directory.resolve("data"));
				LedgerReader reader = new LedgerReader(engine.connectionString(), "lastseat")) {
			return histories.apply(reader::read);
		}
	}

}
