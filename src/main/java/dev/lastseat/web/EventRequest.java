package dev.lastseat.web;

import java.time.Instant;

import dev.lastseat.booking.EventDraft;
import org.jspecify.annotations.Nullable;

/**
 * The body that creates an event, as it came.
 */
record EventRequest(@Nullable String title, @Nullable String description, @Nullable Instant startsAt,
		@Nullable Instant endsAt, @Nullable Integer capacity) {

	/**
	 * What is missing goes to the draft as it is: its rules report it with all the
	 * others.
	 */
	EventDraft toDraft() {
		return new EventDraft(this.title, this.description, this.startsAt, this.endsAt,
				(this.capacity != null) ? this.capacity : 0);
	}

}
