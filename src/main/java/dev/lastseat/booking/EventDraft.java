package dev.lastseat.booking;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * An event as its organiser describes it, before it is stored. A draft that exists is
 * valid.
 *
 * @param title 1 to {@value #MAX_TITLE} characters, not blank
 * @param description up to {@value #MAX_DESCRIPTION} characters
 * @param startsAt in the years 0 to 9999; kept to the millisecond, as it is stored
 * @param endsAt not before {@code startsAt}; kept to the millisecond
 * @param capacity seats, 1 to {@value #MAX_CAPACITY}
 */
public record EventDraft(String title, @Nullable String description, Instant startsAt, @Nullable Instant endsAt,
		int capacity) {

	/** Characters (Unicode code points) of a title. */
	public static final int MAX_TITLE = 200;

	/** Characters (Unicode code points) of a description. */
	public static final int MAX_DESCRIPTION = 5_000;

	/** Seats of an event. */
	public static final int MAX_CAPACITY = 10_000_000;

	/**
	 * Takes a request as it came: a missing value is reported like any other broken rule,
	 * together with all the others.
	 * @throws InvalidInputException when anything is missing or out of bounds
	 */
	public EventDraft {
		EventRules rules = new EventRules();
		rules.title(title);
		rules.description(description);
		startsAt = rules.instant("startsAt", startsAt);
		endsAt = (endsAt != null) ? rules.instant("endsAt", endsAt) : null;
		rules.order(startsAt, endsAt);
		rules.capacity(capacity);
		rules.hold();
	}

	/**
	 * Whether the event has the values of this draft.
	 */
	public boolean describes(Event event) {
		return this.title.equals(event.title()) && Objects.equals(this.description, event.description())
				&& this.startsAt.equals(event.startsAt()) && Objects.equals(this.endsAt, event.endsAt())
				&& this.capacity == event.capacity();
	}

}
