package dev.lastseat.warmup;

import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.LastseatApplication;
import dev.lastseat.QuietOutput;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A warm-up beside a running service leaves nothing in it: no data, no meters, no lines
 * in the log. Properties of a production service that the scratch service must not use
 * are set.
 */
@ExtendWith(QuietOutput.class)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "lastseat.embedded.storage=memory", "logging.level.root=INFO", "lastseat.web.access-log=all",
				"lastseat.web.drain-time=1s", "management.prometheus.metrics.export.enabled=true" })
class ScratchServiceTest {

	private static final int WAVES = 4;

	private static final List<String> COUNTED = List.of("http.server.", "lastseat.", "mongodb.driver.commands",
			"logback.");

	private static final List<String> BACKGROUND = List.of("find", "createIndexes");

	@LocalServerPort
	private int port;

	@Autowired
	private ConfigurableEnvironment environment;

	@Autowired
	private MeterRegistry meters;

	@Autowired
	private MongoDatabase database;

	private int scratchPort;

	private long warmUp() throws Exception {
		AtomicInteger waves = new AtomicInteger();
		return new Warmup(Duration.ofHours(1), this::start).load(() -> waves.incrementAndGet() < WAVES);
	}

	private ScratchService start() {
		ScratchService service = ScratchService.start(LastseatApplication.class, this.environment);
		this.scratchPort = service.port();
		return service;
	}

	/**
	 * @return the counts of the meters that requests, writes and log lines change. Tasks
	 * in the background read and create indexes
	 */
	private Map<String, Double> counts() {
		return this.meters.getMeters()
			.stream()
			.filter((meter) -> COUNTED.stream().anyMatch(meter.getId().getName()::startsWith))
			.filter((meter) -> !BACKGROUND.contains(String.valueOf(meter.getId().getTag("command"))))
			.collect(Collectors.toMap((meter) -> meter.getId().toString(),
					(meter) -> meter.measure().iterator().next().getValue()));
	}

	private String send(String path) {
		return WebClient.create("http://127.0.0.1:" + this.port)
			.get()
			.uri(path)
			.retrieve()
			.bodyToMono(String.class)
			.block();
	}

	@Test
	void leavesNothingInMetersDataAndLog(CapturedOutput output) throws Exception {
		send("/api/v1/events");
		Map<String, Double> before = counts();
		Set<MeterRegistry> shared = Set.copyOf(Metrics.globalRegistry.getRegistries());
		String printed = output.getAll();

		long answers = warmUp();

		assertThat(answers).isGreaterThan(100);
		assertThat(output.getAll()).isEqualTo(printed);
		assertThat(before).isNotEmpty();
		assertThat(counts()).isEqualTo(before);
		assertThat(Set.copyOf(Metrics.globalRegistry.getRegistries())).isEqualTo(shared);
		assertThat(Flux.from(this.database.listCollectionNames())
			.flatMap((name) -> this.database.getCollection(name).countDocuments())
			.collectList()
			.block()).containsOnly(0L);
	}

	@Test
	void endsAloneAndTheServiceContinues() throws Exception {
		warmUp();

		assertThat(send("/api/v1/events")).isEqualTo("{\"events\":[],\"next\":null}");
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new Connection(this.scratchPort, "id"));
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.noneMatch((name) -> name.startsWith("warm-up"));
	}

	@Test
	void logsTheLinesOfOtherRequestsMeanwhile(CapturedOutput output) throws Exception {
		AtomicInteger waves = new AtomicInteger();

		new Warmup(Duration.ofHours(1), this::start).load(() -> {
			send("/api/v1/events");
			return waves.incrementAndGet() < WAVES;
		});

		assertThat(output.getAll()).contains("GET /api/v1/events 200");
	}

}
