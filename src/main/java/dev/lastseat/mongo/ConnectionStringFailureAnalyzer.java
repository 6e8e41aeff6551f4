package dev.lastseat.mongo;

import com.mongodb.ConnectionString;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Lets a start that failed on a malformed connection string end in two sentences instead
 * of a stack trace. Found by Spring Boot through {@code META-INF/spring.factories}.
 */
class ConnectionStringFailureAnalyzer extends AbstractFailureAnalyzer<IllegalArgumentException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, IllegalArgumentException cause) {
		StackTraceElement[] trace = cause.getStackTrace();
		boolean fromConnectionString = trace.length > 0
				&& trace[0].getClassName().equals(ConnectionString.class.getName());
		return fromConnectionString ? new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Correct spring.mongodb.uri, for example mongodb://127.0.0.1:27017/lastseat.", cause) : null;
	}

}
