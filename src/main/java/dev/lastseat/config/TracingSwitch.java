package dev.lastseat.config;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Excludes the auto-configuration of tracing when no endpoint for traces is configured.
 * Otherwise Spring Boot would create spans for every request and export none of them.
 */
final class TracingSwitch extends AutoConfigurationSwitch {

	private static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

	private static final String[] PACKAGES = { "org.springframework.boot.micrometer.tracing.",
			"org.springframework.boot.opentelemetry." };

	private boolean tracing;

	@Override
	public void setEnvironment(Environment environment) {
		this.tracing = StringUtils.hasText(environment.getProperty(ENDPOINT));
	}

	@Override
	boolean includes(@Nullable String candidate) {
		return this.tracing || candidate == null || Stream.of(PACKAGES).noneMatch(candidate::startsWith);
	}

}
