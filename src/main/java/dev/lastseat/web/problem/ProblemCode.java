package dev.lastseat.web.problem;

import java.net.URI;
import java.util.Locale;

import org.springframework.http.HttpStatus;

/**
 * The kinds of problems that clients can distinguish: the {@code code} of a problem, its
 * status, and whether the same request may succeed later.
 */
public enum ProblemCode {

	INVALID_REQUEST(HttpStatus.BAD_REQUEST, "Invalid request", false,
			"The request does not have the form that is asked for. The member errors names each field that is wrong."),
	INVALID_CURSOR(HttpStatus.BAD_REQUEST, "Invalid cursor", false,
			"The cursor was not given out by this list, or was damaged on the way. Start at the first page."),
	UNAUTHORIZED(HttpStatus.UNAUTHORIZED, "Unauthorized", false, "The request carries no valid access token."),
	FORBIDDEN(HttpStatus.FORBIDDEN, "Forbidden", false,
			"The access token does not allow this: it lacks the scope, or names another user. Or a browser asked whether "
					+ "a page of another origin may send a request, and it may not."),
	NOT_FOUND(HttpStatus.NOT_FOUND, "Not found", false, "There is nothing at this address."),
	EVENT_NOT_FOUND(HttpStatus.NOT_FOUND, "Event not found", false,
			"No event has this id: it never existed, or it was deleted."),
	REGISTRATION_NOT_FOUND(HttpStatus.NOT_FOUND, "Registration not found", false,
			"The event exists, but this user holds no ticket of it."),
	METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "Method not allowed", false,
			"This address does not know the method. The header Allow lists those that it knows."),
	NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "Not acceptable", false,
			"The answer is not available in any of the media types that the request accepts."),
	ALREADY_REGISTERED(HttpStatus.CONFLICT, "Already registered", false,
			"The user holds a ticket of this event already. A user gets one ticket of an event."),
	SOLD_OUT(HttpStatus.CONFLICT, "Sold out", false,
			"Every seat was taken when the request was decided. A seat that is given back can be booked again."),
	CAPACITY_BELOW_SOLD(HttpStatus.CONFLICT, "Capacity below sold", false,
			"More tickets are sold than the new capacity has. Nothing was changed."),
	EVENT_HAS_REGISTRATIONS(HttpStatus.CONFLICT, "Event has registrations", false,
			"Somebody holds a ticket of the event, so it cannot be deleted."),
	EVENT_EXISTS(HttpStatus.CONFLICT, "Event exists", false,
			"The id belongs to an event with other values, or to one that was deleted after many registrations. "
					+ "Nothing was changed."),

	PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED, "Precondition failed", false,
			"What If-Match or If-None-Match demands is not the case. Nothing was changed. Read the resource again "
					+ "and decide anew."),
	PAYLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "Payload too large", false,
			"The body of the request is larger than this service reads."),
	UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Unsupported media type", false,
			"The body of the request is of a media type that this address does not read. Send application/json."),
	OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE, "Overloaded", true,
			"The service cannot take the request at the moment. Nothing was changed."),
	STORAGE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Storage unavailable", true,
			"The storage cannot answer at the moment. Nothing was changed."),

	OUTCOME_UNKNOWN(HttpStatus.SERVICE_UNAVAILABLE, "Outcome unknown", true,
			"The storage did not confirm the change in time: it may have taken effect, or may do so a little later. "
					+ "The member retryable tells whether it is safe to repeat the request; the answer to the "
					+ "repeated request tells the outcome."),
	INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error", false,
			"The service made a mistake. Its log has the cause.");

	private final HttpStatus status;

	private final String title;

	private final boolean retryable;

	private final String explanation;

	ProblemCode(HttpStatus status, String title, boolean retryable, String explanation) {
		this.status = status;
		this.title = title;
		this.retryable = retryable;
		this.explanation = explanation;
	}

	/**
	 * @return the code that clients see, like {@code sold-out}
	 */
	public String code() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * @return the URI reference of the kind of problem, which is the path of its page
	 */
	public URI type() {
		return URI.create("/problems/" + code());
	}

	public HttpStatus status() {
		return this.status;
	}

	public String title() {
		return this.title;
	}

	public boolean retryable() {
		return this.retryable;
	}

	public String explanation() {
		return this.explanation;
	}

}
