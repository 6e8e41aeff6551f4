package dev.lastseat.history;

/** The kinds of operations on an event. */
public enum Action {

	/** Books a seat for a user, or confirms the hold of the user. */
	BOOK,

	/** Cancels the seat of a user. */
	CANCEL,

	/** Changes the capacity of the event. */
	RESIZE,

	/** Holds a seat for a user. */
	HOLD,

	/** Gives the hold of a user back. */
	RELEASE_HOLD,

	/** Puts a user at the end of the waiting list. */
	JOIN,

	/** Removes a user from the waiting list. */
	LEAVE,

	/** Books seats for all users of a party, or for none. */
	BOOK_PARTY,

	/** Holds seats for all users of a party, or for none. */
	HOLD_PARTY;

	boolean isOfParty() {
		return this == BOOK_PARTY || this == HOLD_PARTY;
	}

	/** Whether histories with this operation need no {@link SaleSearch}. */
	boolean isPlain() {
		return this == BOOK || this == CANCEL || this == RESIZE;
	}

	/** Whether an operation of this kind can make holds. */
	boolean holds() {
		return this == HOLD || this == HOLD_PARTY;
	}

}
