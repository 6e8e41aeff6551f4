package dev.lastseat.booking;

import java.util.regex.Pattern;

/**
 * Names the person who registers. Lastseat does not know people, only this name, which
 * the caller's own system gave them.
 *
 * @param value 1 to 64 characters of {@code A-Z a-z 0-9 . _ : @ -}; case matters
 */
public record UserId(String value) {

	private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._:@-]{1,64}");

	/**
	 * @throws InvalidInputException for a value of another form, or none
	 */
	public UserId {
		if (value == null || !LEGAL.matcher(value).matches()) {
			throw new InvalidInputException("userId", "must be 1 to 64 characters of A-Z a-z 0-9 . _ : @ -");
		}
	}

	@Override
	public String toString() {
		return this.value;
	}

}
