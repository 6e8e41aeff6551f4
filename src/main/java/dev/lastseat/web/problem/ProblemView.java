package dev.lastseat.web.problem;

import java.net.URI;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lastseat.booking.InvalidInputException.Violation;

/**
 * The JSON body of a problem (RFC 9457), with the additional members {@code code}, {@code
 * retryable} and {@code requestId}, and with {@code errors} when fields are invalid.
 * <p>
 * The {@code ProblemDetail} of Spring is not used, because its member {@code instance} is
 * a URI: it rejects a path that is not a valid URI, and omits an empty path. This service
 * reports every path as the client sent it.
 */
public record ProblemView(URI type, String title, int status, String detail, String instance, String code,
		boolean retryable, String requestId, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Violation> errors) {

	public static ProblemView of(ProblemException problem, String instance, String requestId) {
		ProblemCode code = problem.code();
		return new ProblemView(code.type(), code.title(), code.status().value(), problem.detail(), instance,
				code.code(), problem.retryable(), requestId, problem.errors());
	}

}
