package dev.lastseat.web;

import java.nio.charset.StandardCharsets;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.UserId;

import org.springframework.web.util.UriUtils;

/**
 * The paths of the API. An event id is hexadecimal and needs no encoding. In a user id,
 * all characters except letters, digits and {@code - . _ ~ @ :} are percent-encoded.
 */
final class Paths {

	static final String API = "/api/v1";

	static final String EVENTS = API + "/events";

	static final String EVENT = EVENTS + "/{eventId}";

	static final String EVENT_STATUS = EVENT + "/status";

	static final String REGISTRATIONS = EVENT + "/registrations";

	static final String REGISTRATION = REGISTRATIONS + "/{userId}";

	static final String HOLDS = EVENT + "/holds";

	static final String HOLD = HOLDS + "/{userId}";

	static final String WAITING_LIST = EVENT + "/waiting-list";

	static final String WAITING_PLACE = WAITING_LIST + "/{userId}";

	static final String STANDING = EVENT + "/users/{userId}";

	static final String JOURNAL = EVENT + "/journal";

	static final String USER_REGISTRATIONS = API + "/users/{userId}/registrations";

	static final String STATUS = API + "/status";

	static final String PROBLEM = "/problems/{code}";

	static final String WEB_PAGE = "/";

	static final String WEB_PAGE_FILE = "/page/{file}";

	static final String DESCRIPTION = "/v3/api-docs";

	static final String DESCRIPTION_YAML = DESCRIPTION + ".yaml";

	static final String SWAGGER_UI = "/swagger-ui.html";

	static final String SWAGGER_UI_FILE = "/swagger-ui/{file}";

	/** The pattern of the ids of events. */
	static final String EVENT_ID = "[0-9a-f]{24}";

	private Paths() {
	}

	static String of(EventId event) {
		return EVENTS + "/" + event.value();
	}

	static String of(EventId event, UserId user) {
		return registrations(event) + "/" + segment(user.value());
	}

	static String hold(EventId event, UserId user) {
		return holds(event) + "/" + segment(user.value());
	}

	static String waitingPlace(EventId event, UserId user) {
		return waitingList(event) + "/" + segment(user.value());
	}

	private static String segment(String value) {
		return UriUtils.encode(value, StandardCharsets.UTF_8).replace("%40", "@").replace("%3A", ":");
	}

	/**
	 * The path of the list in its normalized form, whatever form the client sent.
	 */
	static String registrations(EventId event) {
		return of(event) + "/registrations";
	}

	/**
	 * The path of the list in its normalized form, whatever form the client sent.
	 */
	static String holds(EventId event) {
		return of(event) + "/holds";
	}

	/**
	 * The path of the list in its normalized form, whatever form the client sent.
	 */
	static String waitingList(EventId event) {
		return of(event) + "/waiting-list";
	}

	/**
	 * The path of the list in its normalized form, whatever form the client sent.
	 */
	static String registrations(UserId user) {
		return API + "/users/" + segment(user.value()) + "/registrations";
	}

}
