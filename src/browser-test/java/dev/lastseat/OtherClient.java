package dev.lastseat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Another client of the service, which does not use the web page.
 */
final class OtherClient {

	static final String EVENTS = "/api/v1/events";

	private OtherClient() {
	}

	/**
	 * @return the id of the event
	 */
	static String createEvent(PackagedProcess service, String title, int capacity) {
		return createEvent(service, title, "2126-12-01T19:00:00Z", null, capacity);
	}

	/**
	 * @return the id of the event
	 */
	static String createEvent(PackagedProcess service, String title, String startsAt, String endsAt, int capacity) {
		return create(service, "{\"title\": \"%s\", \"startsAt\": \"%s\", \"endsAt\": %s, \"capacity\": %d}"
			.formatted(title, startsAt, (endsAt != null) ? '"' + endsAt + '"' : null, capacity));
	}

	/**
	 * @param sale JSON members, such as {@code "holdSeconds": 10}
	 * @return the id of the event
	 */
	static String createSale(PackagedProcess service, String title, int capacity, String sale) {
		return create(service,
				"{\"title\": \"%s\", \"startsAt\": \"2126-12-01T19:00:00Z\", \"capacity\": %d, %s}".formatted(title,
						capacity, sale));
	}

	private static String create(PackagedProcess service, String event) {
		String created = service.send("POST", EVENTS, event);
		assertThat(created).startsWith("201");
		return created.replaceAll("(?s).*\"id\":\"([0-9a-f]+)\".*", "$1");
	}

	/**
	 * Creates many events over one connection.
	 */
	static void createEvents(PackagedProcess service, Stream<String> events) {
		HttpClient client = HttpClient.newHttpClient();
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.address(EVENTS)))
			.version(HttpClient.Version.HTTP_1_1)
			.header("Content-Type", "application/json");
		events.forEach((event) -> {
			try {
				assertThat(client.send(request.POST(HttpRequest.BodyPublishers.ofString(event)).build(),
						HttpResponse.BodyHandlers.discarding())
					.statusCode()).isEqualTo(201);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	static void change(PackagedProcess service, String event, String fields) {
		assertThat(service.send("PATCH", EVENTS + "/" + event, fields)).startsWith("200");
	}

	static void hold(PackagedProcess service, String event, String user) {
		assertThat(service.send("PUT", EVENTS + "/" + event + "/holds/" + user, "")).startsWith("201");
	}

	static void join(PackagedProcess service, String event, String user) {
		assertThat(service.send("PUT", EVENTS + "/" + event + "/waiting-list/" + user, "")).startsWith("201");
	}

	static void leave(PackagedProcess service, String event, String user) {
		assertThat(service.send("DELETE", EVENTS + "/" + event + "/waiting-list/" + user, "")).startsWith("204");
	}

	static void release(PackagedProcess service, String event, String user) {
		assertThat(service.send("DELETE", EVENTS + "/" + event + "/registrations/" + user, "")).startsWith("204");
	}

	static void book(PackagedProcess service, String event, String user) {
		assertThat(service.send("PUT", EVENTS + "/" + event + "/registrations/" + user, "")).startsWith("201");
	}

}
