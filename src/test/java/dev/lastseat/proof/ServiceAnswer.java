package dev.lastseat.proof;

import dev.lastseat.booking.StorageException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer of the service.
 *
 * @param code the status, a space, and the code of the problem if the body is one
 */
record ServiceAnswer(String code, JsonNode body) {

	private static final JsonMapper JSON = new JsonMapper();

	static ServiceAnswer of(int status, String body) {
		JsonNode json = JSON.readTree(body);
		return new ServiceAnswer(status + " " + json.path("code").asString(""), json);
	}

	/**
	 * The fault that the answer reports: {@code Unavailable} when nothing was changed,
	 * {@code OutcomeUnknown}, or {@link Unexpected}.
	 */
	RuntimeException fault() {
		return switch (this.code) {
			case "503 outcome-unknown" -> new StorageException.OutcomeUnknown(new IllegalStateException(this.code));
			// A slow connection can make requests wait in the queue until they are
			// rejected.
			case "503 storage-unavailable", "503 overloaded" ->
				new StorageException.Unavailable(new IllegalStateException(this.code));
			default -> new Unexpected(this.code);
		};
	}

	/**
	 * An answer that the service must never give for an existing event, with any fault.
	 */
	static final class Unexpected extends RuntimeException {

		Unexpected(String answer) {
			super(answer);
		}

	}

}
