package dev.lastseat.web;

import java.time.Instant;

import dev.lastseat.booking.EventDraft;
import org.jspecify.annotations.Nullable;

/**
 * The body that creates or changes an event, as it came.
 */
record EventRequest(@Nullable String title, @Nullable String description, @Nullable Instant startsAt,
		@Nullable Instant endsAt, @Nullable Integer capacity) {

	/**
	 * @throws ProblemException with all that is wrong
	 */
	static EventDraft toDraft(BodyFields body) {
		return body.make(of(body)::toDraft);
	}

	static EventRequest of(BodyFields body) {
		return new EventRequest(body.text("title"), body.text("description"), body.instant("startsAt"),
				body.instant("endsAt"), body.wholeNumber("capacity"));
	}

	/**
	 * What is missing goes to the draft as it is: its rules report it with all the
	 * others.
	 */
	EventDraft toDraft() {
		return new EventDraft(this.title, this.description, this.startsAt, this.endsAt,
				(this.capacity != null) ? this.capacity : 0);
	}

}
