package dev.lastseat.warmup;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
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
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.context.reactive.StandardReactiveWebEnvironment;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A warm-up beside a running service leaves nothing in it: no data, no meters, no lines
 * in the log.
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
		Awaitility.await().until(() -> output.getAll().contains("GET /api/v1/events 200"));
		Map<String, Double> before = counts();
		Set<MeterRegistry> shared = Set.copyOf(Metrics.globalRegistry.getRegistries());
		List<Set<MeterRegistry>> meanwhile = new ArrayList<>();
		String printed = output.getAll();

		long answers = new Warmup(Duration.ofHours(1), this::start).load(() -> {
			synchronized (meanwhile) {
				meanwhile.add(Set.copyOf(Metrics.globalRegistry.getRegistries()));
				return meanwhile.size() < WAVES;
			}
		});

		assertThat(answers).isGreaterThan(100);
		assertThat(before).isNotEmpty();
		SoftAssertions.assertSoftly((softly) -> {
			softly.assertThat(output.getAll()).isEqualTo(printed);
			softly.assertThat(counts()).isEqualTo(before);
			softly.assertThat(meanwhile).containsOnly(shared);
		});
		assertThat(Flux.from(this.database.listCollectionNames())
			.flatMap((name) -> this.database.getCollection(name).countDocuments())
			.collectList()
			.block()).containsOnly(0L);
	}

	/**
	 * With each of these properties the scratch service would use what only the service
	 * may use, or would not start.
	 */
	@Test
	void needsNothingOfAProductionService() throws Exception {
		ConfigurableEnvironment production = new StandardReactiveWebEnvironment();
		this.environment.getPropertySources().forEach(production.getPropertySources()::addLast);
		production.getPropertySources()
			.addFirst(new MapPropertySource("production",
					Map.of("spring.mongodb.uri", "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=100",
							"spring.security.oauth2.resourceserver.jwt.issuer-uri", "https://127.0.0.1:1",
							"lastseat.security.mode", "jwt", "server.port", "1", "server.address", "192.0.2.1",
							"server.ssl.enabled", "true", "server.ssl.certificate", "classpath:none.crt",
							"management.server.port", "1", "lastseat.warmup.time", "1h")));
		AtomicInteger waves = new AtomicInteger();

		long answers = new Warmup(Duration.ofHours(1),
				() -> ScratchService.start(LastseatApplication.class, production))
			.load(() -> waves.incrementAndGet() < WAVES);

		assertThat(answers).isGreaterThan(100);
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
