package dev.lastseat.simulation;

import com.mongodb.ReadConcern;
import org.bson.BsonDocument;

/**
 * Chooses the read concern of a command.
 */
interface ReadConcernOverride {

	/** Keeps the choice of the repository. */
	ReadConcernOverride NONE = (command, chosen) -> chosen;

	/**
	 * @param chosen the read concern that the repository chose
	 */
	ReadConcern concern(BsonDocument command, ReadConcern chosen);

	/** This override, with another read concern for one purpose. */
	default ReadConcernOverride but(ReadPurpose purpose, ReadConcern concern) {
		return (command, chosen) -> (ReadPurpose.of(command) == purpose) ? concern : concern(command, chosen);
	}

}
