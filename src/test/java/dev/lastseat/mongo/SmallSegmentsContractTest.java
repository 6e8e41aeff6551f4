package dev.lastseat.mongo;

import dev.lastseat.embedded.TestEngine;
import dev.lastseat.mongo.segments.SegmentSize;

/**
 * The contract, on the embedded engine, with pages so small that nearly everybody leaves
 * the document.
 */
class SmallSegmentsContractTest extends RepositoryContract {

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
	SegmentSize segmentSize() {
		return new SegmentSize(4);
	}

}
