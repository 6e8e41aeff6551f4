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
			"The request does not have the required form. The member errors names each invalid field."),
	INVALID_CURSOR(HttpStatus.BAD_REQUEST, "Invalid cursor", false,
			"The cursor does not belong to this list, or it is damaged. Start at the first page."),
	UNAUTHORIZED(HttpStatus.UNAUTHORIZED, "Unauthorized", false, "The request has no valid access token."),
	FORBIDDEN(HttpStatus.FORBIDDEN, "Forbidden", false,
			"The access token does not allow this request: it lacks the scope, or it names another user. Or "
					+ "a browser sent a preflight request for a web page whose origin is not allowed. Or, without access "
					+ "tokens, another machine asked for the metrics."),
	NOT_FOUND(HttpStatus.NOT_FOUND, "Not found", false, "No resource has this address."),
	EVENT_NOT_FOUND(HttpStatus.NOT_FOUND, "Event not found", false,
			"No event has this id: it never existed, or it was deleted."),
	REGISTRATION_NOT_FOUND(HttpStatus.NOT_FOUND, "Registration not found", false,
			"The event exists, but this user has no ticket for it."),
	HOLD_NOT_FOUND(HttpStatus.NOT_FOUND, "Hold not found", false,
			"The event exists, but this user has no hold. The hold was confirmed, was given back, or expired."),
	NOT_WAITING(HttpStatus.NOT_FOUND, "Not waiting", false,
			"The event exists, but this user is not in its waiting list. The user never joined, has left, or got an "
					+ "offer."),
	METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "Method not allowed", false,
			"This address does not support the method. The header Allow lists the supported methods."),
	NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "Not acceptable", false,
			"The response is not available in any of the media types that the request accepts."),
	ALREADY_REGISTERED(HttpStatus.CONFLICT, "Already registered", false,
			"The user already has a ticket for this event. A user gets one ticket per event."),
	SOLD_OUT(HttpStatus.CONFLICT, "Sold out", false,
			"Too few seats were free when the request was decided. A seat that is given back, or whose hold "
					+ "expires, is offered to waiting users; without waiting users, it can be booked again. For a party, "
					+ "the member remaining has the number of free seats."),
	SEATS_FREE(HttpStatus.CONFLICT, "Seats free", false,
			"The user needs no waiting list: a seat is free, or the user has a hold or an offer. Register the user "
					+ "instead, once the sale is open."),
	WAITING_LIST_FULL(HttpStatus.CONFLICT, "Waiting list full", false,
			"The waiting list has as many users as it may have. Nothing was changed."),
	SALES_NOT_OPEN(HttpStatus.CONFLICT, "Sales not open", true,
			"The sale of the event has not opened yet. The member opensAt says when it opens. The header "
					+ "Retry-After says when to send the request again."),
	SALES_CLOSED(HttpStatus.CONFLICT, "Sales closed", false,
			"The sale of the event is closed. A hold or an offer can still be confirmed until it expires."),
	CAPACITY_BELOW_SOLD(HttpStatus.CONFLICT, "Capacity below sold", false,
			"More seats are sold or held than the new capacity allows. Nothing was changed."),
	EVENT_HAS_REGISTRATIONS(HttpStatus.CONFLICT, "Event has registrations", false,
			"The event has registrations or holds, so it was not deleted."),
	EVENT_EXISTS(HttpStatus.CONFLICT, "Event exists", false,
			"The id belongs to an event with other values, or to an event that was deleted. Nothing was changed."),

	PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED, "Precondition failed", false,
			"The condition of If-Match or If-None-Match is not met. Nothing was changed. Read the resource "
					+ "again before the next attempt."),
	PAYLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "Payload too large", false,
			"The body of the request exceeds the maximum size."),
	UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Unsupported media type", false,
			"The media type of the body is not supported at this address. Send application/json."),
	OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE, "Overloaded", true,
			"The service cannot accept the request at the moment. Nothing was changed."),
	STORAGE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Storage unavailable", true,
			"The storage is temporarily unavailable. Nothing was changed."),

	OUTCOME_UNKNOWN(HttpStatus.SERVICE_UNAVAILABLE, "Outcome unknown", true,
			"The storage did not confirm the change in time. The change may have taken effect, or may take "
					+ "effect a little later. The member retryable says whether it is safe to repeat the request. The "
					+ "response to the repeated request gives the outcome."),
	INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error", false,
			"An unexpected error occurred. The log of the service has the cause.");

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
