package dev.lastseat.mongo;

import dev.lastseat.embedded.TestEngine;

/**
 * The contract, on the embedded engine.
 */
class EmbeddedEngineContractTest extends RepositoryContract {

	private final TestEngine engine = new TestEngine();

	@Override
	String connectionString() {
		return this.engine.connectionString();
	}

	@Override
	void stopServer() {
		this.engine.close();
	}

}
