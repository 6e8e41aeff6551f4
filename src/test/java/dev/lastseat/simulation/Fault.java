package dev.lastseat.simulation;

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
	GIVEN_UP

}
