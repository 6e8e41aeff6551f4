package dev.lastseat.config;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Leaves out of the application what traces, unless there is somewhere to send traces to.
 * Spring Boot would set it up all the same, and every request would pay for spans that
 * nobody gets to see.
 */
final class TracingSwitch implements AutoConfigurationImportFilter, EnvironmentAware {

	private static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

	private static final String[] TRACING = { "org.springframework.boot.micrometer.tracing.",
			"org.springframework.boot.opentelemetry." };

	private boolean on;

	@Override
	public void setEnvironment(Environment environment) {
		this.on = StringUtils.hasText(environment.getProperty(ENDPOINT));
	}

	@Override
	public boolean[] match(@Nullable String[] candidates, AutoConfigurationMetadata metadata) {
		boolean[] wanted = new boolean[candidates.length];
		for (int i = 0; i < candidates.length; i++) {
			wanted[i] = wants(candidates[i]);
		}
		return wanted;
	}

	/**
	 * @param candidate null for one that was left out before
	 */
	boolean wants(@Nullable String candidate) {
		return this.on || candidate == null || Stream.of(TRACING).noneMatch(candidate::startsWith);
	}

}
