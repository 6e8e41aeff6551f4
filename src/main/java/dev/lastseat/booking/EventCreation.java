package dev.lastseat.booking;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of creating an event with an id that the caller chose.
 *
 * @param event the stored event; null for {@link Outcome#ID_TAKEN}
 */
public record EventCreation(Outcome outcome, @Nullable Event event) {

	/** The creation with the outcome {@link Outcome#ID_TAKEN}. */
	public static final EventCreation ID_TAKEN = new EventCreation(Outcome.ID_TAKEN, null);

	/** Whether the event was stored. */
	public enum Outcome {

		/** This call stored the event. */
		CREATED,
		/** The event exists with equal values; nothing was stored. */
		ALREADY_CREATED,
		/**
		 * The id belongs to an event with other values, or to a deleted event with sealed
		 * registrations; nothing was stored.
		 */
		ID_TAKEN

	}

}
