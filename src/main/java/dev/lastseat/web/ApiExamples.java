package dev.lastseat.web;

import java.time.Instant;
import java.util.List;

import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/**
 * What the examples of the description tell of: the sale of one event, and each problem
 * as it is answered.
 */
final class ApiExamples {

	static final UserId ADA = new UserId("ada");

	static final EventRequest GALA_TO_CREATE = new EventRequest("Gala", "An evening",
			Instant.parse("2026-12-01T19:00:00Z"), Instant.parse("2026-12-01T23:00:00Z"), 3);

	static final Event GALA_CREATED = gala(0, 0);

	static final String REQUEST_ID = "0f3b7c52-4d1e-4a6f-9b0c-2e5d8a7f6c31";

	static final Event GALA = gala(2, 7);

	private static Event gala(int ticketsSold, long revision) {
		return new Event(new EventId("65f000000000000000000001"), GALA_TO_CREATE.title(), GALA_TO_CREATE.description(),
				GALA_TO_CREATE.startsAt(), GALA_TO_CREATE.endsAt(), GALA_TO_CREATE.capacity(), ticketsSold, revision,
				Instant.EPOCH);
	}

	private ApiExamples() {
	}

	/**
	 * @return the path with the names of the example in the place of its variables
	 */
	static String address(String path) {
		return path.replace("{eventId}", GALA.id().value())
			.replace("{userId}", ADA.value())
			.replace("{code}", ProblemCode.SOLD_OUT.code());
	}

	/**
	 * @param code any but that of an invalid request, of which there are many
	 */
	static ProblemException problem(ProblemCode code) {
		return switch (code) {
			case INVALID_REQUEST -> throw new IllegalArgumentException("depends on the request");
			case INVALID_CURSOR -> Cursors.invalid();
			case UNAUTHORIZED -> new ProblemException(code, "an access token is needed");
			case FORBIDDEN -> new ProblemException(code, "the access token does not allow this");
			case NOT_FOUND -> new ProblemException(code, "there is no problem of this code");
			case EVENT_NOT_FOUND -> Answers.eventNotFound();
			case REGISTRATION_NOT_FOUND -> new ProblemException(code, "user not registered for event");
			case METHOD_NOT_ALLOWED -> Problems.of(new MethodNotAllowedException(HttpMethod.PUT, List.of()));
			case NOT_ACCEPTABLE -> Problems.of(new NotAcceptableStatusException(List.of()));
			case ALREADY_REGISTERED -> new ProblemException(code, "user already registered for event");
			case SOLD_OUT -> new ProblemException(code, "event capacity reached");
			case CAPACITY_BELOW_SOLD -> new ProblemException(code, "more tickets are sold than the new capacity has");
			case EVENT_HAS_REGISTRATIONS -> new ProblemException(code, "the event has registrations");
			case EVENT_EXISTS -> new ProblemException(code, "the id belongs to another event");
			case PRECONDITION_FAILED -> Preconditions.failed();
			case PAYLOAD_TOO_LARGE -> Problems.of(new DataBufferLimitException("too large"));
			case UNSUPPORTED_MEDIA_TYPE -> Problems.of(new UnsupportedMediaTypeStatusException("another one"));
			case OVERLOADED -> Challenges.of(new AuthenticationServiceException("no keys"));
			case STORAGE_UNAVAILABLE -> Problems.of(new StorageException.Busy());
			case OUTCOME_UNKNOWN ->
				Problems.of(new StorageException.OutcomeUnknown(new IllegalStateException("no answer")));
			case INTERNAL_ERROR -> Problems.of(new IllegalStateException("a mistake"));
		};
	}

}
