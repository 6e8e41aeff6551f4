package dev.lastseat.config;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Prints a message instead of a stack trace when the start fails on invalid properties.
 * Registered in {@code META-INF/spring.factories}.
 */
class InvalidPropertiesFailureAnalyzer extends AbstractFailureAnalyzer<InvalidPropertiesException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidPropertiesException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Correct these properties, or remove them to use their defaults. docs/operations.md lists all properties. "
						+ "Without spring.mongodb.uri Lastseat uses the embedded engine, which is for trying, demos and tests. "
						+ "Production needs a MongoDB server, for example "
						+ "--spring.mongodb.uri=mongodb://127.0.0.1:27017/lastseat.",
				cause);
	}

}
