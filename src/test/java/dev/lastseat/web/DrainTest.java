package dev.lastseat.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.lastseat.web.log.LoggedRequests;
import dev.lastseat.web.server.Drain;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class DrainTest {

	private static final Duration DRAIN_TIME = Duration.ofSeconds(2);

	/** With one timeout for all phases, the shutdown would continue earlier. */
	@Test
	void lastsTheDrainTimeEvenWhenPhasesHaveAShorterTimeout() {
		LifecycleProperties properties = new LifecycleProperties();
		properties.setTimeoutPerShutdownPhase(Duration.ofMillis(100));
		WebSettings settings = new WebSettings(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(60),
				Duration.ofSeconds(30), 10, DRAIN_TIME, LoggedRequests.PROBLEMS, new CorsSettings(List.of()));
		GenericApplicationContext context = new GenericApplicationContext();
		context.registerBean("lifecycleProcessor", DefaultLifecycleProcessor.class,
				() -> new WebConfiguration().lifecycleProcessor(properties, settings));
		context.registerBean(Drain.class, DRAIN_TIME);
		context.refresh();

		Instant begin = Instant.now();
		context.close();

		assertThat(Duration.between(begin, Instant.now())).isGreaterThanOrEqualTo(DRAIN_TIME);
	}

}
