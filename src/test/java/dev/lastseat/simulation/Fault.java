package dev.lastseat.simulation;

import java.util.EnumSet;

/**
 * Faults of a command, of a request and of a replica set.
 */
enum Fault {

	/** The command and its reply take ten times as long. */
	SLOW,

	/** The driver finds no server in time, and does not send the command. */
	FAILED_BEFORE,

	/** The command takes effect, and the connection breaks before the reply arrives. */
	REPLY_LOST,

	/** The caller gets a timeout, and the command takes effect later. */
	APPLIED_LATE,

	/** The store refuses connections for a while. */
	REFUSED,

	/**
	 * Another process writes between a write without a match and the read that explains
	 * it, or between that read and the next attempt.
	 */
	STATE_MOVED,

	/**
	 * The event queue rejects the request: it is full, or the request waited too long.
	 */
	REJECTED,

	/** The client cancels the request. */
	CANCELLED,
	/** Another member of the replica set becomes the primary. */
	ELECTION,
	/** The new primary does not have a write of the old primary. */
	ROLLED_BACK,
	/** A read reaches a deposed primary that has not stepped down yet. */
	STALE_READ,
	/** The majority does not confirm a write or a linearizable read. */
	NOT_CONFIRMED,
	/** A deposed primary has stepped down, and rejects a command. */
	NOT_PRIMARY;

	/** The faults that only elections cause. */
	static final EnumSet<Fault> OF_ELECTIONS = EnumSet.of(ELECTION, ROLLED_BACK, STALE_READ, NOT_CONFIRMED,
			NOT_PRIMARY);

}
