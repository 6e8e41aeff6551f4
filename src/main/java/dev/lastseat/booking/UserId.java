package dev.lastseat.booking;

import java.util.List;
import java.util.regex.Pattern;

import dev.lastseat.booking.InvalidInputException.Violation;

/**
 * Names the person who registers. Lastseat does not know people, only this name, which
 * the caller's own system gave them.
 *
 * @param value 1 to 64 characters of {@code A-Z a-z 0-9 . _ : @ -}; case matters
 */
public record UserId(String value) {

	/** The form of a legal value, as a regular expression for the whole of it. */
	public static final String FORM = "[A-Za-z0-9._:@-]{1,64}";

	/** What a value of another form breaks. */
	public static final Violation BAD_FORM = new Violation("userId",
			"must be 1 to 64 characters of A-Z a-z 0-9 . _ : @ -");

	private static final Pattern LEGAL = Pattern.compile(FORM);

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
