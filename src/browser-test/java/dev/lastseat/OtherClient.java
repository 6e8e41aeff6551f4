package dev.lastseat;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody else who uses the service, without the page.
 */
final class OtherClient {

	static final String EVENTS = "/api/v1/events";

	private OtherClient() {
	}

	/**
	 * @return the id of the event
	 */
	static String createEvent(PackagedProcess service, String title, int capacity) {
		return service
			.send("POST", EVENTS,
					"{\"title\": \"%s\", \"startsAt\": \"2126-12-01T19:00:00Z\", \"capacity\": %d}".formatted(title,
							capacity))
			.replaceAll("(?s).*\"id\":\"([0-9a-f]+)\".*", "$1");
	}

	static void book(PackagedProcess service, String event, String user) {
		assertThat(service.send("PUT", EVENTS + "/" + event + "/registrations/" + user, "")).startsWith("201");
	}

}
