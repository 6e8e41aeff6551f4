package dev.lastseat.web.problem;

import java.net.URI;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lastseat.booking.InvalidInputException.Violation;

/**
 * A problem as clients see it: RFC 9457, with the members {@code code}, {@code retryable}
 * and {@code requestId}, and {@code errors} where fields are to blame.
 */
public record ProblemView(URI type, String title, int status, String detail, String instance, String code,
		boolean retryable, String requestId, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Violation> errors) {

	public static ProblemView of(ProblemException problem, String instance, String requestId) {
		ProblemCode code = problem.code();
		return new ProblemView(code.type(), code.title(), code.status().value(), problem.detail(), instance,
				code.code(), problem.retryable(), requestId, problem.errors());
	}

}
