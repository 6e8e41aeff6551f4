package dev.lastseat.booking;

/**
 * What a group that asks for seats is likely to be told. It decides in which order the
 * store is asked, never what the answer is.
 */
public enum Expectation {

	/** There are seats for all, and nobody holds one yet: the write comes first. */
	BOOKINGS,

	/** Somebody will be refused: a look comes first. */
	REFUSALS

}
