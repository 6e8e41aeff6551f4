package dev.lastseat.simulation;

import java.util.Set;

import org.bson.BsonDocument;

/**
 * The purpose of a read of the repository, derived from its command.
 */
enum ReadPurpose {

	/** Finds why a write matched nothing. The answer to the client depends on it. */
	EXPLAINING,
	/** Finds the users to seal, and the released registrations. */
	SEALING,
	/** Finds the sealed registrations of users, for a write or an explanation. */
	SEALED_REGISTRATIONS,
	/** Loads what a process remembers: the number of sealed segments and their users. */
	MEMORY,
	/** Finds the entries of the journal to move. */
	MOVING_JOURNAL,
	/** Any other purpose. */
	OTHER;

	private static final String EVENTS = "events";

	static ReadPurpose of(BsonDocument command) {
		if (command.containsKey("aggregate")) {
			return ofFields(command.getArray("pipeline").get(1).asDocument().getDocument("$project").keySet());
		}
		boolean ofEvents = command.getString("find").getValue().equals(EVENTS);
		return ofEvents ? ofEvent(command) : ofRegistrations(command.getDocument("filter").toJson());
	}

	private static ReadPurpose ofFields(Set<String> fields) {
		if (fields.contains("registered")) {
			return EXPLAINING;
		}
		return fields.contains("oldest") ? SEALING : OTHER;
	}

	private static ReadPurpose ofEvent(BsonDocument command) {
		BsonDocument projection = command.getDocument("projection", new BsonDocument());
		if (projection.keySet().equals(Set.of("segment", "sealed_count"))) {
			return MEMORY;
		}
		if (projection.containsKey("journal_moving")) {
			return MOVING_JOURNAL;
		}
		return projection.containsKey("registration_ids") ? EXPLAINING : OTHER;
	}

	private static ReadPurpose ofRegistrations(String filter) {
		return filter.contains("\"u\"") ? SEALED_REGISTRATIONS : MEMORY;
	}

}
