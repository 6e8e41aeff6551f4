package dev.lastseat.warmup;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.lastseat.warmup.Connection.Answer;
import dev.lastseat.warmup.Connection.Request;

/**
 * The requests of an on-sale: mostly bookings and refusals, and the reads of clients that
 * watch the event.
 */
final class HotRequests {

	private static final String EVENTS = "/api/v1/events";

	private static final String JSON = "Content-Type: application/json\r\n";

	private static final Pattern ID = Pattern.compile("\"id\":\"(\\w+)\"");

	private static final String HOLDER = "ada";

	private final String soldOut;

	private final String open;

	private final String tag;

	private final AtomicInteger number = new AtomicInteger();

	private HotRequests(String soldOut, String open, String tag) {
		this.soldOut = soldOut;
		this.open = open;
		this.tag = tag;
	}

	/**
	 * Creates an event without a free seat and an event that does not sell out.
	 */
	static HotRequests prepare(Connection connection) throws IOException {
		try (connection) {
			String soldOut = create(connection, 1);
			String open = create(connection, 1_000_000);
			connection.send(new Request("PUT", soldOut + "/registrations/" + HOLDER, "", "", 201));
			connection.read();
			connection.send(get(soldOut));
			return new HotRequests(soldOut, open, connection.read().tag());
		}
	}

	/**
	 * @return the path of the event
	 */
	private static String create(Connection connection, int capacity) throws IOException {
		connection.send(new Request("POST", EVENTS, JSON,
				"{\"title\":\"Warm-up\",\"startsAt\":\"2030-01-01T00:00:00Z\",\"capacity\":" + capacity + "}", 201));
		Answer answer = connection.read();
		Matcher id = ID.matcher(answer.body());
		if (!id.find()) {
			throw new IOException("An event without an id: " + answer.body());
		}
		return EVENTS + "/" + id.group(1);
	}

	/**
	 * Each kind by its share: of sixteen requests, five refusals, five bookings and six
	 * reads.
	 */
	Request next() {
		int next = this.number.getAndIncrement();
		return switch (next & 15) {
			case 0, 3, 6, 9, 12 -> book(this.soldOut, "u" + next, 409);
			case 1, 4, 7, 10 -> book(this.open, "u" + next, 201);
			case 13 -> new Request("PUT", this.open + "/registrations/u" + next, "", "", 201);
			case 2, 5 -> get(this.soldOut + "/status");
			case 8 -> get(this.open + "/status");
			case 11 -> get(this.soldOut);
			case 14 -> new Request("GET", this.soldOut, "If-None-Match: " + this.tag + "\r\n", "", 304);
			default -> get(this.soldOut + "/registrations/" + HOLDER);
		};
	}

	Request stream() {
		return new Request("GET", this.open + "/status", "Accept: text/event-stream\r\n", "", 200);
	}

	private static Request book(String event, String user, int status) {
		return new Request("POST", event + "/registrations", JSON, "{\"userId\":\"" + user + "\"}", status);
	}

	private static Request get(String path) {
		return new Request("GET", path, "", "", 200);
	}

}
