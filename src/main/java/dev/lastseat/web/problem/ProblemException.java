package dev.lastseat.web.problem;

import java.time.Instant;
import java.util.List;

import dev.lastseat.booking.InvalidInputException.Violation;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * An error that is answered with a problem.
 */
public final class ProblemException extends RuntimeException {

	private final ProblemCode code;

	private final Members members;

	private final HttpHeaders headers;

	private final boolean retryable;

	private final @Nullable ProblemException template;

	private ProblemException(ProblemCode code, String detail, Members members, HttpHeaders headers, boolean retryable,
			@Nullable ProblemException template) {
		// No stack trace: problems are expected, and there are thousands a second when an
		// event is sold out.
		super(detail, null, false, false);
		this.code = code;
		this.members = members;
		this.headers = headers;
		this.retryable = retryable;
		this.template = template;
	}

	public ProblemException(ProblemCode code, String detail) {
		this(code, detail, Members.NONE, HttpHeaders.EMPTY, code.retryable(), null);
	}

	/**
	 * Creates a problem that is kept in a constant and is thrown many times. Most of its
	 * response is encoded once.
	 */
	public static ProblemException constant(ProblemCode code, String detail) {
		return new ProblemException(code, detail, Members.NONE, HttpHeaders.EMPTY, code.retryable(),
				new ProblemException(code, detail));
	}

	public static ProblemException invalid(List<Violation> errors) {
		return new ProblemException(ProblemCode.INVALID_REQUEST,
				"the request has " + errors.size() + ((errors.size() == 1) ? " invalid field" : " invalid fields"),
				new Members(errors, null, null), HttpHeaders.EMPTY, ProblemCode.INVALID_REQUEST.retryable(), null);
	}

	public static ProblemException invalid(Violation error) {
		return invalid(List.of(error));
	}

	/**
	 * A copy of the problem that says when the client should repeat the request.
	 */
	public ProblemException withRetryAfter(long seconds) {
		HttpHeaders retryAfter = new HttpHeaders();
		retryAfter.set(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
		return withHeaders(retryAfter);
	}

	ProblemException withHeaders(HttpHeaders headers) {
		return new ProblemException(this.code, getMessage(), this.members, headers, this.retryable, this.template);
	}

	/**
	 * A copy of the problem that says when the sale opens.
	 * @param seconds the time until the client should repeat the request
	 */
	public ProblemException withOpening(Instant opensAt, long seconds) {
		return new ProblemException(this.code, getMessage(), new Members(List.of(), opensAt, null), this.headers,
				this.retryable, this.template)
			.withRetryAfter(seconds);
	}

	/**
	 * A copy of the problem that says how many seats are free.
	 */
	public ProblemException withRemaining(int seats) {
		return new ProblemException(this.code, getMessage(), new Members(List.of(), null, seats), this.headers,
				this.retryable, this.template);
	}

	/**
	 * A copy of the problem for a request that is not safe to repeat.
	 */
	ProblemException notRetryable() {
		return new ProblemException(this.code, getMessage(), this.members, this.headers, false, null);
	}

	public ProblemCode code() {
		return this.code;
	}

	public String detail() {
		return getMessage();
	}

	public List<Violation> errors() {
		return this.members.errors();
	}

	Members members() {
		return this.members;
	}

	/**
	 * Whether the same request is safe to repeat and may then succeed.
	 */
	boolean retryable() {
		return this.retryable;
	}

	/**
	 * A problem with the same body, except for the members {@code opensAt} and {@code
	 * remaining}. It is always the same object. Null for a problem that is not a
	 * constant.
	 */
	@Nullable ProblemException template() {
		return this.template;
	}

	public HttpHeaders headers() {
		return this.headers;
	}

	/**
	 * The members that some problems have.
	 *
	 * @param errors the violated rules
	 * @param opensAt when the sale opens
	 * @param remaining the number of free seats
	 */
	record Members(List<Violation> errors, @Nullable Instant opensAt, @Nullable Integer remaining) {

		static final Members NONE = new Members(List.of(), null, null);

	}

}
