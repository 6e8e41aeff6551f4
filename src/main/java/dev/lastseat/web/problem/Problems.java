package dev.lastseat.web.problem;

import java.util.concurrent.ThreadLocalRandom;

import dev.lastseat.booking.InvalidInputException.Violation;
import dev.lastseat.booking.InvalidInputException;
import dev.lastseat.booking.OverloadedException;
import dev.lastseat.booking.StorageException;
import reactor.netty.channel.AbortedException;
import tools.jackson.core.JacksonException;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/**
 * Maps errors of this service and of the frameworks to problems.
 */
public final class Problems {

	/**
	 * The {@code Retry-After} of temporary problems, in seconds. It is short: an election
	 * takes a few seconds at most, and a lost reply needs no wait.
	 */
	private static final int RETRY_AFTER = 1;

	/** The maximum {@code Retry-After} of rejected requests, in seconds. */
	private static final int MAX_RETRY_AFTER = 5;

	private static final Violation NOT_JSON_OBJECT = new Violation("body", "must be a well-formed JSON object");

	private static final Violation BODY_TIMED_OUT = new Violation("body", "did not arrive in time");

	private Problems() {
	}

	/**
	 * An unknown error is an internal error, and its message is not sent to the client.
	 */
	public static ProblemException of(Throwable error) {
		if (error instanceof ProblemException problem) {
			return problem;
		}
		if (error instanceof InvalidInputException invalid) {
			return ProblemException.invalid(invalid.violations());
		}
		if (error instanceof StorageException storage) {
			return temporary((storage instanceof StorageException.OutcomeUnknown) ? ProblemCode.OUTCOME_UNKNOWN
					: ProblemCode.STORAGE_UNAVAILABLE, String.valueOf(storage.getMessage()));
		}
		if (error instanceof OverloadedException overloaded) {
			return overloaded(String.valueOf(overloaded.getMessage()));
		}
		if (NestedExceptionUtils.getMostSpecificCause(error) instanceof DataBufferLimitException) {
			return tooLarge();
		}
		if (error instanceof JacksonException) {
			return notJsonObject();
		}
		if (error instanceof InvalidMediaTypeException) {
			return new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE,
					"a media type in the headers is not well-formed");
		}
		if (error instanceof AbortedException) {
			return ProblemException.invalid(new Violation("body", "did not arrive completely"));
		}
		if (error instanceof AuthenticationException || error instanceof AccessDeniedException) {
			return SecurityProblems.of(error);
		}
		if (error instanceof ResponseStatusException exception) {
			return ofResponseStatus(exception).withHeaders(exception.getHeaders());
		}
		return new ProblemException(ProblemCode.INTERNAL_ERROR, "the request could not be answered");
	}

	public static ProblemException notJsonObject() {
		return ProblemException.invalid(NOT_JSON_OBJECT);
	}

	public static ProblemException bodyTimedOut() {
		return ProblemException.invalid(BODY_TIMED_OUT);
	}

	public static ProblemException tooManyStreams() {
		return temporary(ProblemCode.OVERLOADED, "too many streams are open");
	}

	/**
	 * An event has as many holds as it may have.
	 */
	public static ProblemException tooManyHolds() {
		return overloaded("too many seats of the event are held; nothing was changed");
	}

	public static ProblemException tooLarge() {
		return new ProblemException(ProblemCode.PAYLOAD_TOO_LARGE, "the body is too large");
	}

	/**
	 * Spreads the retries of clients that are rejected at the same moment.
	 */
	private static ProblemException overloaded(String detail) {
		int seconds = ThreadLocalRandom.current().nextInt(1, MAX_RETRY_AFTER + 1);
		return temporary(ProblemCode.OVERLOADED, detail, seconds);
	}

	/**
	 * A problem that is expected to end soon.
	 */
	static ProblemException temporary(ProblemCode code, String detail) {
		return temporary(code, detail, RETRY_AFTER);
	}

	private static ProblemException temporary(ProblemCode code, String detail, int seconds) {
		return new ProblemException(code, detail).withRetryAfter(seconds);
	}

	private static ProblemException ofResponseStatus(ResponseStatusException exception) {
		if (exception.getStatusCode().isSameCodeAs(HttpStatus.CONTENT_TOO_LARGE)) {
			return tooLarge();
		}
		if (exception instanceof MethodNotAllowedException method) {
			return new ProblemException(ProblemCode.METHOD_NOT_ALLOWED,
					method.getHttpMethod() + " is not allowed here");
		}
		if (exception instanceof NotAcceptableStatusException) {
			return new ProblemException(ProblemCode.NOT_ACCEPTABLE,
					"the response is not available in an accepted media type");
		}
		if (exception instanceof UnsupportedMediaTypeStatusException) {
			return new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE,
					"the body must be application/json in UTF-8, not compressed");
		}
		if (exception.getStatusCode().isSameCodeAs(HttpStatus.FORBIDDEN)) {
			return new ProblemException(ProblemCode.FORBIDDEN, String.valueOf(exception.getReason()));
		}
		if (exception.getStatusCode().isSameCodeAs(HttpStatus.NOT_FOUND)) {
			return new ProblemException(ProblemCode.NOT_FOUND, "no resource has this address");
		}
		return exception.getStatusCode().is4xxClientError()
				? new ProblemException(ProblemCode.INVALID_REQUEST, "the request cannot be understood")
				: new ProblemException(ProblemCode.INTERNAL_ERROR, "the request could not be answered");
	}

}
