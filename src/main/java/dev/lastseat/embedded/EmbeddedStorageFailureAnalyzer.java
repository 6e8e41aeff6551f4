package dev.lastseat.embedded;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Prints a message instead of a stack trace when the start fails because of the files of
 * the engine. Spring Boot finds this class through {@code META-INF/spring.factories}.
 */
class EmbeddedStorageFailureAnalyzer extends AbstractFailureAnalyzer<EmbeddedStorageException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, EmbeddedStorageException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
	}

}
