package dev.lastseat.booking;

import org.jspecify.annotations.Nullable;

/**
 * What creating an event under an id of the caller's choice ends in.
 *
 * @param event the event as it is stored; null for {@link Outcome#ID_TAKEN}
 */
public record EventCreation(Outcome outcome, @Nullable Event event) {

	/** No event was stored: the id belongs to another one. */
	public static final EventCreation ID_TAKEN = new EventCreation(Outcome.ID_TAKEN, null);

	/** The outcomes. */
	public enum Outcome {

		/** This call stored the event. */
		CREATED,
		/** The event exists with these very values; nothing was stored. */
		ALREADY_CREATED,
		/**
		 * The id belongs to an event with other values, or to a deleted event with sealed
		 * registrations; nothing was stored.
		 */
		ID_TAKEN

	}

}
