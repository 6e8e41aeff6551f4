package dev.lastseat.config;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which auto-configurations are excluded when no endpoint for traces is configured.
 */
class TracingSwitchTest {

	private static final List<String> TRACING = Stream
		.of(MicrometerTracingAutoConfiguration.class, NoopTracerAutoConfiguration.class,
				OpenTelemetryTracingAutoConfiguration.class, OpenTelemetrySdkAutoConfiguration.class)
		.map(Class::getName)
		.toList();

	private static TracingSwitch with(MockEnvironment environment) {
		TracingSwitch tracing = new TracingSwitch();
		tracing.setEnvironment(environment);
		return tracing;
	}

	private static MockEnvironment endpoint(String endpoint) {
		return new MockEnvironment().withProperty("management.opentelemetry.tracing.export.otlp.endpoint", endpoint);
	}

	@Test
	void excludesTracingWithoutAnEndpoint() {
		assertThat(TRACING).noneMatch(with(new MockEnvironment())::includes);
	}

	@Test
	void treatsABlankEndpointAsMissing() {
		assertThat(TRACING).noneMatch(with(endpoint(" "))::includes);
	}

	@Test
	void includesTracingWithAnEndpoint() {
		assertThat(TRACING).allMatch(with(endpoint("http://localhost:4318/v1/traces"))::includes);
	}

	@Test
	void includesEverythingElse() {
		assertThat(with(new MockEnvironment()).includes(ObservationAutoConfiguration.class.getName())).isTrue();
		assertThat(with(new MockEnvironment()).includes(null)).isTrue();
	}

}
