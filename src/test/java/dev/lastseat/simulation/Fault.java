package dev.lastseat.simulation;

import java.util.EnumSet;

/**
 * What can befall a command, and a call.
 */
enum Fault {

	/** It takes ten times as long, there and back. */
	SLOW,

	/** No server is to be had in time: it never leaves. */
	FAILED_BEFORE,

	/** It takes effect, and the connection breaks before the reply is there. */
	REPLY_LOST,

	/** Its caller is told that time is up, and later it takes effect. */
	APPLIED_LATE,

	/** The store takes no connections for a while. */
	REFUSED,

	/**
	 * Another process makes a write between a write that was refused and the read that
	 * should say why, or between that read and the next try.
	 */
	STATE_MOVED,

	/** Too many wait for their turn, or it does not come in time. */
	TURNED_AWAY,

	/** The client does not wait for the answer any more. */
	GIVEN_UP,
	/** Another member of the replica set becomes the primary. */
	ELECTION,
	/** The new primary does not have a write that the old one has made. */
	ROLLED_BACK,
	/** A read reaches a deposed primary, which has not noticed. */
	DEPOSED_READ,
	/** The majority does not confirm a write, or a linearizable read. */
	NOT_CONFIRMED,
	/** A deposed primary has noticed, and refuses a command. */
	NOT_PRIMARY;

	/** Those that take an election. */
	static final EnumSet<Fault> OF_ELECTIONS = EnumSet.of(ELECTION, ROLLED_BACK, DEPOSED_READ, NOT_CONFIRMED,
			NOT_PRIMARY);

}
