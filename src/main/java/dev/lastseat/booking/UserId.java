package dev.lastseat.booking;

import java.util.List;
import java.util.regex.Pattern;

import dev.lastseat.booking.InvalidInputException.Violation;

/**
 * Identifies a user. The id comes from the caller's own system, such as the {@code sub}
 * of an OpenID token.
 *
 * @param value 1 to 255 printable ASCII characters without spaces; case matters. The
 * values {@code .} and {@code ..} are refused: many HTTP clients remove them from a path
 */
public record UserId(String value) {

	/**
	 * Regular expression that matches the whole of a legal value. Valid in Java and in
	 * JSON Schema.
	 */
	public static final String PATTERN = "(?!\\.{1,2}$)[!-~]{1,255}";

	/** The violation by a value that does not match. */
	private static final Violation ILLEGAL = new Violation("userId",
			"must be 1 to 255 printable ASCII characters without spaces, and neither . nor ..");

	private static final Pattern LEGAL = Pattern.compile(PATTERN);

	/**
	 * @throws InvalidInputException for null or a value that does not match
	 */
	public UserId {
		if (value == null || !LEGAL.matcher(value).matches()) {
			throw new InvalidInputException(List.of(ILLEGAL));
		}
	}

	@Override
	public String toString() {
		return this.value;
	}

}
