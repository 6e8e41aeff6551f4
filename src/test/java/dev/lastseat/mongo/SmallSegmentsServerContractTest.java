package dev.lastseat.mongo;

import dev.lastseat.mongo.segments.SegmentSize;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The contract, on whatever server an environment variable names, with pages so small
 * that nearly everybody leaves the document.
 */
@EnabledIfEnvironmentVariable(named = NamedServerContractTest.URI, matches = "mongodb.+",
		disabledReason = "no server is named by " + NamedServerContractTest.URI)
class SmallSegmentsServerContractTest extends ServerContract {

	@Override
	String connectionString() {
		return System.getenv(NamedServerContractTest.URI);
	}

	@Override
	SegmentSize segmentSize() {
		return new SegmentSize(4);
	}

}
