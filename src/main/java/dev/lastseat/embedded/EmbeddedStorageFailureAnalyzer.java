package dev.lastseat.embedded;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Prints a message instead of a stack trace when the start fails on the files of the
 * engine. Registered in {@code META-INF/spring.factories}.
 */
class EmbeddedStorageFailureAnalyzer extends AbstractFailureAnalyzer<EmbeddedStorageException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, EmbeddedStorageException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
	}

}
