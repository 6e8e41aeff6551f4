package dev.lastseat.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The requests before and after the load, one at a time. An answer other than a success
 * is an {@link IllegalStateException}.
 */
final class Service {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final HttpClient client = HttpClient.newHttpClient();

	private final ObjectMapper json = new ObjectMapper();

	private final String baseUrl;

	Service(String baseUrl) {
		this.baseUrl = baseUrl;
	}

	/**
	 * Creates an event.
	 * @return its id
	 */
	String create(String title, int capacity) {
		return create(draft(title, capacity));
	}

	/**
	 * Creates an event whose sale opens at a time.
	 * @return its id
	 */
	String create(String title, int capacity, Instant salesOpenAt) {
		return create(draft(title, capacity).put("salesOpenAt", salesOpenAt.toString()));
	}

	private ObjectNode draft(String title, int capacity) {
		return this.json.createObjectNode()
			.put("title", title)
			.put("startsAt", "2030-01-01T00:00:00Z")
			.put("capacity", capacity);
	}

	private String create(ObjectNode draft) {
		return send(request("/api/v1/events").POST(HttpRequest.BodyPublishers.ofString(draft.toString()))).get("id")
			.textValue();
	}

	/**
	 * Books. Safe to repeat.
	 */
	void book(String event, String user) {
		send(request("/api/v1/events/" + event + "/registrations/" + user).PUT(HttpRequest.BodyPublishers.noBody()));
	}

	EventState event(String event) {
		JsonNode body = send(request("/api/v1/events/" + event));
		return new EventState(body.get("capacity").intValue(), body.get("ticketsSold").intValue(),
				body.get("remaining").intValue(), body.get("revision").longValue());
	}

	/**
	 * The users who are registered for the event, read page by page.
	 */
	List<String> registrations(String event) {
		List<String> users = new ArrayList<>();
		String after = "";
		while (after != null) {
			JsonNode page = send(request("/api/v1/events/" + event + "/registrations?limit=100" + after));
			page.get("userIds").forEach((user) -> users.add(user.textValue()));
			String next = page.get("next").textValue();
			after = (next != null) ? "&after=" + next : null;
		}
		return users;
	}

	/**
	 * Heap in use, in bytes.
	 */
	long heapUsed() {
		return send(request("/actuator/metrics/jvm.memory.used?tag=area:heap")).at("/measurements/0/value").longValue();
	}

	/**
	 * The commands that the service has sent to its database since its start.
	 */
	long databaseCommands() {
		return send(request("/actuator/metrics/mongodb.driver.commands")).at("/measurements/0/value").longValue();
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.baseUrl + path))
			.timeout(TIMEOUT)
			.header("Content-Type", "application/json");
	}

	private JsonNode send(HttpRequest.Builder builder) {
		HttpRequest request = builder.build();
		try {
			HttpResponse<String> response = this.client.send(request, HttpResponse.BodyHandlers.ofString());
			if (response.statusCode() / 100 != 2) {
				throw new IllegalStateException("%s %s was answered %d: %s".formatted(request.method(), request.uri(),
						response.statusCode(), response.body()));
			}
			return this.json.readTree(response.body());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("%s %s was not answered".formatted(request.method(), request.uri()), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

}
