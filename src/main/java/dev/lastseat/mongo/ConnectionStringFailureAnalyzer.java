package dev.lastseat.mongo;

import java.util.stream.Stream;

import com.mongodb.ConnectionString;
import com.mongodb.MongoConfigurationException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Prints a message instead of a stack trace when the start fails because of the
 * connection string: it is malformed, or the name service does not know its host. Spring
 * Boot finds this class through {@code META-INF/spring.factories}.
 */
class ConnectionStringFailureAnalyzer extends AbstractFailureAnalyzer<RuntimeException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, RuntimeException cause) {
		return Stream.iterate((Throwable) cause, (error) -> error != null, Throwable::getCause)
			.filter(ConnectionStringFailureAnalyzer::isCausedByConnectionString)
			.findFirst()
			.map((error) -> new FailureAnalysis(String.valueOf(error.getMessage()),
					"Correct spring.mongodb.uri, for example mongodb://127.0.0.1:27017/lastseat.", error))
			.orElse(null);
	}

	private static boolean isCausedByConnectionString(Throwable error) {
		return error instanceof MongoConfigurationException
				|| (error instanceof IllegalArgumentException && error.getStackTrace().length > 0
						&& error.getStackTrace()[0].getClassName().equals(ConnectionString.class.getName()));
	}

}
