package dev.lastseat.warmup;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.lastseat.LastseatApplication;
import dev.lastseat.QuietOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(QuietOutput.class)
class WarmupReadinessTest {

	private final List<String> steps = new CopyOnWriteArrayList<>();

	private ScratchService fail(ConfigurableApplicationContext context) {
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		this.steps.add((port > 0) ? "warm-up with a web server" : "warm-up");
		throw new IllegalStateException("a mistake");
	}

	@Test
	void runsBetweenTheStartOfTheWebServerAndReadinessWhichAFailureDoesNotPrevent() {
		ApplicationListener<AvailabilityChangeEvent<ReadinessState>> readiness = (event) -> this.steps
			.add(event.getState().name());

		ConfigurableApplicationContext context = new SpringApplicationBuilder(LastseatApplication.class)
			.listeners(readiness)
			.initializers(
					(starting) -> starting.getBeanFactory()
						.registerSingleton("failing", new Warmup(Duration.ofHours(1), () -> fail(starting))),
					new OwnEventLoops())
			.run("--server.port=0", "--lastseat.embedded.storage=memory");

		try (context) {
			assertThat(this.steps).containsExactly("warm-up with a web server",
					ReadinessState.ACCEPTING_TRAFFIC.name());
		}
	}

}
