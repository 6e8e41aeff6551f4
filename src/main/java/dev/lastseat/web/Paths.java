package dev.lastseat.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.UserId;

import org.springframework.web.util.UriUtils;

/**
 * The paths of the API. An event id is hexadecimal and needs no encoding. A user id is
 * percent-encoded, all but letters, digits and {@code - . _ ~ @ :}.
 */
final class Paths {

	static final String API = "/api/v1";

	static final String EVENTS = API + "/events";

	static final String EVENT = EVENTS + "/{eventId}";

	static final String EVENT_STATUS = EVENT + "/status";

	static final String REGISTRATIONS = EVENT + "/registrations";

	static final String REGISTRATION = REGISTRATIONS + "/{userId}";

	static final String USER_REGISTRATIONS = API + "/users/{userId}/registrations";

	static final String STATUS = API + "/status";

	static final String PROBLEM = "/problems/{code}";

	static final String PAGE = "/";

	static final String PAGE_FILE = "/page/{file}";

	static final String DESCRIPTION = "/v3/api-docs";

	static final String DESCRIPTION_YAML = DESCRIPTION + ".yaml";

	static final String SWAGGER_UI = "/swagger-ui.html";

	static final String SWAGGER_UI_FILE = "/swagger-ui/{file}";

	/** How ids of events look that were given out. */
	static final String EVENT_ID = "[0-9a-f]{24}";

	private Paths() {
	}

	static URI of(EventId event) {
		return URI.create(EVENTS + "/" + event.value());
	}

	static URI of(EventId event, UserId user) {
		return URI.create(EVENTS + "/" + event.value() + "/registrations/" + segment(user.value()));
	}

	private static String segment(String value) {
		return UriUtils.encode(value, StandardCharsets.UTF_8).replace("%40", "@").replace("%3A", ":");
	}

	/**
	 * The path of a list, always in the same form, however a client wrote it.
	 */
	static String registrations(EventId event) {
		return EVENTS + "/" + event.value() + "/registrations";
	}

	/**
	 * Likewise.
	 */
	static String registrations(UserId user) {
		return API + "/users/" + segment(user.value()) + "/registrations";
	}

}
