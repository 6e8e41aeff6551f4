package dev.lastseat.web.problem;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lastseat.booking.InvalidInputException.Violation;
import org.jspecify.annotations.Nullable;

/**
 * The JSON body of a problem (RFC 9457), with the additional members {@code code}, {@code
 * retryable} and {@code requestId}. Some problems have more: {@code errors} when fields
 * are invalid, {@code opensAt} before a sale opens, {@code remaining} when a party does
 * not fit.
 * <p>
 * The {@code ProblemDetail} of Spring is not used, because its member {@code instance} is
 * a URI: it rejects a path that is not a valid URI, and omits an empty path. This service
 * reports every path as the client sent it.
 */
public record ProblemView(URI type, String title, int status, String detail, String instance, String code,
		boolean retryable, String requestId, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Violation> errors,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant opensAt,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer remaining) {

	public static ProblemView of(ProblemException problem, String instance, String requestId) {
		ProblemCode code = problem.code();
		return new ProblemView(code.type(), code.title(), code.status().value(), problem.detail(), instance,
				code.code(), problem.retryable(), requestId, problem.errors(), problem.members().opensAt(),
				problem.members().remaining());
	}

}
