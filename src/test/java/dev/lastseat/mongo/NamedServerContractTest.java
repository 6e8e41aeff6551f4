package dev.lastseat.mongo;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The contract, on whatever server an environment variable names.
 */
@EnabledIfEnvironmentVariable(named = NamedServerContractTest.URI, matches = "mongodb.+",
		disabledReason = "no server is named by " + NamedServerContractTest.URI)
class NamedServerContractTest extends ServerContract {

	static final String URI = "LASTSEAT_TEST_MONGODB_URI";

	@Override
	String connectionString() {
		return System.getenv(URI);
	}

}
