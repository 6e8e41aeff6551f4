package dev.lastseat.booking;

import java.util.List;
import java.util.regex.Pattern;

import dev.lastseat.booking.InvalidInputException.Violation;

/**
 * Identifies a user. The id comes from the caller's own system, such as the {@code sub}
 * of an OpenID token.
 *
 * @param value 1 to 255 printable ASCII characters without spaces; case matters. The
 * values {@code .} and {@code ..} are refused: as segments of a path, many clients
 * resolve them away
 */
public record UserId(String value) {

	/**
	 * The form of a legal value, as a regular expression for the whole of it. Also legal
	 * in JSON Schema.
	 */
	public static final String PATTERN = "(?!\\.{1,2}$)[!-~]{1,255}";

	/** What a value of another form breaks. */
	private static final Violation BAD_FORM = new Violation("userId",
			"must be 1 to 255 printable ASCII characters without spaces, and neither . nor ..");

	private static final Pattern LEGAL = Pattern.compile(PATTERN);

	/**
	 * @throws InvalidInputException for a value of another form, or none
	 */
	public UserId {
		if (value == null || !LEGAL.matcher(value).matches()) {
			throw new InvalidInputException(List.of(BAD_FORM));
		}
	}

	@Override
	public String toString() {
		return this.value;
	}

}
