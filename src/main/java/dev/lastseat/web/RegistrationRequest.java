package dev.lastseat.web;

import java.nio.charset.StandardCharsets;

import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The JSON body that registers a user, before it is validated.
 */
record RegistrationRequest(@Nullable String userId) {

	private static final String[] BEFORE = { "{", "\"userId\"", ":", "\"" };

	/**
	 * Reads the usual body in a fraction of the time that a JSON parser takes: nothing
	 * but a legal value without escapes. White space is allowed between its tokens.
	 * Excludes values that start with a dot, because some are illegal.
	 * @return null for any other body, legal or not
	 */
	static @Nullable UserId readUsual(byte[] body) {
		int start = after(body, 0, BEFORE);
		int end = start;
		while (start >= 0 && end < body.length && isUsual(body[end])) {
			end++;
		}
		int length = end - start;
		boolean usual = length > 0 && length <= UserId.MAX_LENGTH && body[start] != '.' && end < body.length
				&& body[end] == '"' && afterSpace(body, after(body, end + 1, "}")) == body.length;
		return usual ? new UserId(new String(body, start, length, StandardCharsets.US_ASCII)) : null;
	}

	/** Whether a character stands for itself in a JSON string and is legal in an id. */
	private static boolean isUsual(byte character) {
		return character >= '!' && character <= '~' && character != '"' && character != '\\';
	}

	/**
	 * @return the index after all tokens and the white space before each; -1 when one is
	 * missing
	 */
	private static int after(byte[] body, int from, String... tokens) {
		int index = from;
		for (String token : tokens) {
			index = afterSpace(body, index);
			for (int i = 0; i < token.length(); i++) {
				if (index == body.length || body[index++] != token.charAt(i)) {
					return -1;
				}
			}
		}
		return index;
	}

	private static int afterSpace(byte[] body, int from) {
		int index = from;
		while (index >= 0 && index < body.length
				&& (body[index] == ' ' || body[index] == '\t' || body[index] == '\r' || body[index] == '\n')) {
			index++;
		}
		return index;
	}

	/**
	 * @throws ProblemException with all violations
	 */
	static UserId toUserId(BodyFields body) {
		return body.create(new RegistrationRequest(body.text("userId"))::toUserId);
	}

	/**
	 * The constructor of the id rejects a missing value.
	 */
	UserId toUserId() {
		return new UserId(this.userId);
	}

}
