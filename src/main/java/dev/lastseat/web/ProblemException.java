package dev.lastseat.web;

import java.util.List;

import dev.lastseat.booking.InvalidInputException.Violation;

import org.springframework.http.HttpHeaders;

/**
 * An answer that is a problem, on its way to the client.
 */
final class ProblemException extends RuntimeException {

	private final ProblemCode code;

	private final List<Violation> errors;

	private final HttpHeaders headers;

	ProblemException(ProblemCode code, String detail) {
		this(code, detail, List.of(), HttpHeaders.EMPTY);
	}

	private ProblemException(ProblemCode code, String detail, List<Violation> errors, HttpHeaders headers) {
		// Part of the normal course of things, thousands a second when a sale ends: no
		// stack trace, which nobody would read.
		super(detail, null, false, false);
		this.code = code;
		this.errors = errors;
		this.headers = headers;
	}

	static ProblemException invalid(List<Violation> errors) {
		return new ProblemException(ProblemCode.INVALID_REQUEST,
				"the request has " + errors.size() + ((errors.size() == 1) ? " invalid field" : " invalid fields"),
				errors, HttpHeaders.EMPTY);
	}

	ProblemException with(HttpHeaders headers) {
		return new ProblemException(this.code, getMessage(), this.errors, headers);
	}

	ProblemCode code() {
		return this.code;
	}

	String detail() {
		return getMessage();
	}

	List<Violation> errors() {
		return this.errors;
	}

	HttpHeaders headers() {
		return this.headers;
	}

}
