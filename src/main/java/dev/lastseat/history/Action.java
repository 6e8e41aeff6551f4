package dev.lastseat.history;

/**
 * What an event can be asked for.
 */
public enum Action {

	/** A seat for a user. */
	BOOK,

	/** To take the seat of a user back. */
	CANCEL,

	/** Another capacity. */
	RESIZE

}
