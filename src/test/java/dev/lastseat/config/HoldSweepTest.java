package dev.lastseat.config;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.lastseat.CapturedLog;
import dev.lastseat.LastseatApplication;
import dev.lastseat.booking.AnswerPacers;
import dev.lastseat.booking.BookingMonitor;
import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Expiry;
import dev.lastseat.booking.QueueSettings;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.StorageMonitor;
import dev.lastseat.mongo.FailureLog;
import dev.lastseat.stress.ServiceLauncher;
import dev.lastseat.warmup.OwnEventLoops;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When the sweep runs, and what stops it.
 */
class HoldSweepTest {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private static final EventId GALA = new EventId("gala");

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.mongo");

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final List<EventId> changed = new ArrayList<>();

	private final List<StorageMonitor.Task> failed = new ArrayList<>();

	private Flux<Expiry> expired = Flux.just(new Expiry(GALA, 2, 0));

	private int sweeps;

	private final HoldSweep sweep = sweep();

	private HoldSweep sweep() {
		EventRepository storage = (EventRepository) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { EventRepository.class }, (proxy, method, arguments) -> {
					assertThat(method.getName()).isEqualTo("removeExpiredHolds");
					this.sweeps++;
					return this.expired;
				});
		StorageMonitor monitor = new StorageMonitor() {

			@Override
			public void failed(Task task) {
				HoldSweepTest.this.failed.add(task);
			}

		};
		return new HoldSweep(
				new BookingService(storage, Clock.systemUTC(), BookingMonitor.NONE, this.changed::add,
						QueueSettings.DEFAULTS, this.time, AnswerPacers.of(this.time)),
				INTERVAL, new FailureLog(monitor), this.time);
	}

	@Test
	void removesExpiredHoldsAfterEachInterval() {
		this.sweep.start();

		this.time.advanceTimeBy(INTERVAL.minusMillis(1));
		assertThat(this.sweeps).isZero();
		this.time.advanceTimeBy(Duration.ofMillis(1));
		assertThat(this.changed).containsExactly(GALA);
		this.time.advanceTimeBy(INTERVAL.multipliedBy(2));

		assertThat(this.sweeps).isEqualTo(3);
	}

	@Test
	void runsOneSweepAtATime() {
		Sinks.Empty<Expiry> slow = Sinks.empty();
		this.expired = slow.asMono().flux();
		this.sweep.start();

		this.time.advanceTimeBy(INTERVAL.multipliedBy(10));
		assertThat(this.sweeps).isEqualTo(1);
		this.expired = Flux.empty();
		slow.tryEmitEmpty().orThrow();
		this.time.advanceTimeBy(INTERVAL.minusMillis(1));

		assertThat(this.sweeps).isEqualTo(2);
	}

	@Test
	void continuesAfterFailuresAndLogsOneLine() {
		this.expired = Flux.error(new StorageException.Unavailable(new IllegalStateException("secret")));
		this.sweep.start();

		this.time.advanceTimeBy(INTERVAL.multipliedBy(3));
		this.expired = Flux.just(new Expiry(GALA, 1, 0));
		this.time.advanceTimeBy(INTERVAL);

		assertThat(this.sweeps).isEqualTo(4);
		assertThat(this.changed).hasSize(1);
		assertThat(this.failed).hasSize(3).containsOnly(StorageMonitor.Task.EXPIRY);
		assertThat(this.log.lines())
			.containsExactly("WARN Storage task EXPIRY failed, a later attempt will continue: IllegalStateException");
	}

	@Test
	void continuesAfterAStorageThatThrows() {
		this.expired = null;
		this.sweep.start();

		this.time.advanceTimeBy(INTERVAL);
		this.expired = Flux.empty();
		this.time.advanceTimeBy(INTERVAL);

		assertThat(this.sweeps).isEqualTo(2);
		assertThat(this.failed).hasSize(1);
		assertThat(this.log.lines()).singleElement().asString().endsWith(": NullPointerException");
	}

	@Test
	void reportsTheHoldsThatWereRemovedBeforeAFailure() {
		this.expired = Flux.concat(Flux.just(new Expiry(GALA, 1, 0)), Flux.error(new StorageException.Busy()));
		this.sweep.start();

		this.time.advanceTimeBy(INTERVAL);

		assertThat(this.changed).containsExactly(GALA);
		assertThat(this.failed).hasSize(1);
		assertThat(this.log.lines()).singleElement().asString().endsWith(": Busy");
	}

	@Test
	void stopsAndCancelsTheSweepUnderWay() {
		List<String> cancelled = new ArrayList<>();
		this.expired = Flux.<Expiry>never().doOnCancel(() -> cancelled.add("cancelled"));
		this.sweep.start();
		this.time.advanceTimeBy(INTERVAL);
		assertThat(this.sweep.isRunning()).isTrue();

		this.sweep.stop();
		this.time.advanceTimeBy(INTERVAL.multipliedBy(2));

		assertThat(cancelled).hasSize(1);
		assertThat(this.sweeps).isEqualTo(1);
		assertThat(this.sweep.isRunning()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "NONE, 0", "REACTIVE, 1" })
	void sweepsOnlyInAProcessThatServes(WebApplicationType type, int sweeps) {
		try (ConfigurableApplicationContext context = new ServiceLauncher(LastseatApplication.class).start(type, null,
				List.of("--server.port=0"), new OwnEventLoops())) {
			assertThat(context.getBeansOfType(HoldSweep.class).values()).hasSize(sweeps).allMatch(HoldSweep::isRunning);
		}
	}

}
