package dev.lastseat.mongo;

import dev.lastseat.embedded.TestEngine;

/**
 * The contract, on the embedded engine, with pages so small that nearly everybody leaves
 * the document.
 */
class SmallPagesContractTest extends RepositoryContract {

	private final TestEngine engine = new TestEngine();

	@Override
	String connectionString() {
		return this.engine.connectionString();
	}

	@Override
	void stopServer() {
		this.engine.close();
	}

	@Override
	PageSize pageSize() {
		return new PageSize(4);
	}

}
