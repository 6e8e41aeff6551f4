package dev.lastseat.web.problem;

import java.util.List;

import dev.lastseat.booking.InvalidInputException.Violation;

import org.springframework.http.HttpHeaders;

/**
 * An error that is answered with a problem.
 */
public final class ProblemException extends RuntimeException {

	private final ProblemCode code;

	private final List<Violation> errors;

	private final HttpHeaders headers;

	private final boolean retryable;

	private final boolean constant;

	public ProblemException(ProblemCode code, String detail) {
		this(code, detail, List.of(), HttpHeaders.EMPTY, code.retryable(), false);
	}

	private ProblemException(ProblemCode code, String detail, List<Violation> errors, HttpHeaders headers,
			boolean retryable, boolean constant) {
		// No stack trace: problems are expected, and there are thousands a second when an
		// event is sold out.
		super(detail, null, false, false);
		this.code = code;
		this.errors = errors;
		this.headers = headers;
		this.retryable = retryable;
		this.constant = constant;
	}

	/**
	 * Creates a problem that is kept in a constant and is thrown many times. Most of its
	 * response is encoded once.
	 */
	public static ProblemException constant(ProblemCode code, String detail) {
		return new ProblemException(code, detail, List.of(), HttpHeaders.EMPTY, code.retryable(), true);
	}

	public static ProblemException invalid(List<Violation> errors) {
		return new ProblemException(ProblemCode.INVALID_REQUEST,
				"the request has " + errors.size() + ((errors.size() == 1) ? " invalid field" : " invalid fields"),
				errors, HttpHeaders.EMPTY, ProblemCode.INVALID_REQUEST.retryable(), false);
	}

	public static ProblemException invalid(Violation error) {
		return invalid(List.of(error));
	}

	ProblemException withHeaders(HttpHeaders headers) {
		return new ProblemException(this.code, getMessage(), this.errors, headers, this.retryable, false);
	}

	/**
	 * A copy of the problem for a request that is not safe to repeat.
	 */
	ProblemException notRetryable() {
		return new ProblemException(this.code, getMessage(), this.errors, this.headers, false, false);
	}

	public ProblemCode code() {
		return this.code;
	}

	public String detail() {
		return getMessage();
	}

	public List<Violation> errors() {
		return this.errors;
	}

	/**
	 * Whether the same request is safe to repeat and may then succeed.
	 */
	boolean retryable() {
		return this.retryable;
	}

	boolean isConstant() {
		return this.constant;
	}

	public HttpHeaders headers() {
		return this.headers;
	}

}
