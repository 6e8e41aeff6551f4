package dev.lastseat.proof;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.lastseat.SseClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a stream of one event for as long as it is open, and keeps what it has shown.
 */
final class LiveStatusReader implements AutoCloseable {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String DATA = "data:";

	private final SseClient stream;

	private final List<Shown> shown = new CopyOnWriteArrayList<>();

	/**
	 * @param event address of the event
	 */
	LiveStatusReader(String event) {
		this.stream = SseClient.open(event + "/status");
		Thread thread = new Thread(this::read, "live-status-reader");
		thread.setDaemon(true);
		thread.start();
	}

	private void read() {
		try {
			for (String piece = this.stream.next(); !piece.isEmpty(); piece = this.stream.next()) {
				piece.lines().filter((line) -> line.startsWith(DATA)).map(Shown::parse).forEach(this.shown::add);
			}
		}
		catch (RuntimeException ex) {
			// The end of the stream: what was shown by then is there.
		}
	}

	/**
	 * @return in the order of the stream
	 */
	List<Shown> shown() {
		return List.copyOf(this.shown);
	}

	@Override
	public void close() {
		this.stream.close();
	}

	/** A state of the event. */
	record Shown(int capacity, int ticketsSold, long revision) {

		static Shown parse(String line) {
			JsonNode data = JSON.readTree(line.substring(DATA.length()));
			return new Shown(data.path("capacity").asInt(), data.path("ticketsSold").asInt(),
					data.path("revision").asLong());
		}

	}

}
