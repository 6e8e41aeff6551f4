package dev.lastseat.config;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Lets a start with refused properties end in sentences instead of a stack trace. Found
 * by Spring Boot through {@code META-INF/spring.factories}.
 */
class RefusedPropertiesFailureAnalyzer extends AbstractFailureAnalyzer<RefusedPropertiesException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, RefusedPropertiesException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Correct the properties, or leave them out for their defaults. The README lists all of them. "
						+ "Without spring.mongodb.uri the embedded engine is used, which is for trying, demos and tests; "
						+ "production needs a MongoDB, for example "
						+ "--spring.mongodb.uri=mongodb://127.0.0.1:27017/lastseat.",
				cause);
	}

}
