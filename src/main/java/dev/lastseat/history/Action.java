package dev.lastseat.history;

/** The kinds of operations on an event. */
public enum Action {

	/** Books a seat for a user. */
	BOOK,

	/** Cancels the seat of a user. */
	CANCEL,

	/** Changes the capacity of the event. */
	RESIZE

}
