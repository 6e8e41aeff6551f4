package dev.lastseat.embedded;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Lets a start that failed on the engine's files end in two sentences instead of a stack
 * trace. Found by Spring Boot through {@code META-INF/spring.factories}.
 */
class EmbeddedStorageFailureAnalyzer extends AbstractFailureAnalyzer<EmbeddedStorageException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, EmbeddedStorageException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
	}

}
