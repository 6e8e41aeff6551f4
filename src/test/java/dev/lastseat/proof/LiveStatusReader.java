package dev.lastseat.proof;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.lastseat.SseClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the live status of one event in the background, and keeps the received states.
 */
final class LiveStatusReader implements AutoCloseable {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String DATA = "data:";

	private final SseClient stream;

	private final List<State> states = new CopyOnWriteArrayList<>();

	/**
	 * @param event URL of the event
	 */
	LiveStatusReader(String event) {
		this.stream = SseClient.open(event + "/status");
		Thread thread = new Thread(this::read, "live-status-reader");
		thread.setDaemon(true);
		thread.start();
	}

	private void read() {
		try {
			for (String message = this.stream.next(); !message.isEmpty(); message = this.stream.next()) {
				message.lines().filter((line) -> line.startsWith(DATA)).map(State::parse).forEach(this.states::add);
			}
		}
		catch (RuntimeException ex) {
			// The stream has ended. The states received until then stay available.
		}
	}

	/**
	 * @return the received states in the order of the stream
	 */
	List<State> states() {
		return List.copyOf(this.states);
	}

	@Override
	public void close() {
		this.stream.close();
	}

	/** A state of the event. */
	record State(int capacity, int ticketsSold, long revision) {

		static State parse(String line) {
			JsonNode data = JSON.readTree(line.substring(DATA.length()));
			return new State(data.path("capacity").asInt(), data.path("ticketsSold").asInt(),
					data.path("revision").asLong());
		}

	}

}
