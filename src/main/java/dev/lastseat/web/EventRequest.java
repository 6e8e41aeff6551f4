package dev.lastseat.web;

import java.time.Instant;

import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.SaleTerms;
import org.jspecify.annotations.Nullable;

/**
 * The JSON body that creates or changes an event, before it is validated.
 */
record EventRequest(@Nullable String title, @Nullable String description, @Nullable Instant startsAt,
		@Nullable Instant endsAt, @Nullable Integer capacity, @Nullable Instant salesOpenAt,
		@Nullable Instant salesCloseAt, @Nullable Integer holdSeconds, @Nullable Integer offerSeconds) {

	/**
	 * @throws ProblemException with all violations
	 */
	static EventDraft toDraft(BodyFields body) {
		return body.create(of(body)::toDraft);
	}

	static EventRequest of(BodyFields body) {
		return new EventRequest(body.text("title"), body.text("description"), body.instant("startsAt"),
				body.instant("endsAt"), body.wholeNumber("capacity"), body.instant("salesOpenAt"),
				body.instant("salesCloseAt"), body.wholeNumber("holdSeconds"), body.wholeNumber("offerSeconds"));
	}

	/**
	 * Passes missing values to the draft: its rules report them together with all other
	 * violations.
	 */
	EventDraft toDraft() {
		return new EventDraft(this.title, this.description, this.startsAt, this.endsAt,
				(this.capacity != null) ? this.capacity : 0, sale());
	}

	SaleTerms sale() {
		return new SaleTerms(this.salesOpenAt, this.salesCloseAt, this.holdSeconds, this.offerSeconds);
	}

}
