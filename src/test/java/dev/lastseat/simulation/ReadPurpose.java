package dev.lastseat.simulation;

import java.util.Set;

import org.bson.BsonDocument;

/**
 * The purpose of a read of the repository, derived from its command.
 */
enum ReadPurpose {

	/** Why a write has matched nothing: a client is told so. */
	EXPLAINING,
	/** Which users are being sealed or about to be, and what is given back. */
	SEALING,
	/** The entries of users, before a write or after it has matched nothing. */
	ENTRIES,
	/** What a process remembers: how far the event is sealed, and the users. */
	LEARNING,
	/** What the simulation does not rest on. */
	OTHER;

	private static final String EVENTS = "events";

	static ReadPurpose of(BsonDocument command) {
		if (command.containsKey("aggregate")) {
			return ofFields(command.getArray("pipeline").get(1).asDocument().getDocument("$project").keySet());
		}
		boolean ofEvents = command.getString("find").getValue().equals(EVENTS);
		return ofEvents ? ofEvent(command) : ofEntries(command.getDocument("filter").toJson());
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
			return LEARNING;
		}
		return projection.containsKey("registration_ids") ? EXPLAINING : OTHER;
	}

	private static ReadPurpose ofEntries(String filter) {
		return filter.contains("\"u\"") ? ENTRIES : LEARNING;
	}

}
