package dev.lastseat.simulation;

import com.mongodb.ReadConcern;
import org.bson.BsonDocument;

/**
 * Chooses the read concern of a command.
 */
interface Reading {

	/** The choice of the repository. */
	Reading OWN = (command, chosen) -> chosen;

	/**
	 * @param chosen by the repository
	 */
	ReadConcern concern(BsonDocument command, ReadConcern chosen);

	/** The same for all reads, whatever the repository chooses. */
	static Reading all(ReadConcern concern) {
		return (command, chosen) -> concern;
	}

	/** The same, but for one purpose. */
	default Reading but(ReadPurpose purpose, ReadConcern concern) {
		return (command, chosen) -> (ReadPurpose.of(command) == purpose) ? concern : concern(command, chosen);
	}

}
