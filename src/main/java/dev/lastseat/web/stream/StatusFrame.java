package dev.lastseat.web.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.lastseat.status.StatusUpdate;
import tools.jackson.databind.json.JsonMapper;

/**
 * An update of an event, as it goes over the wire to each who watches it. The bytes are
 * the same for all and are never copied.
 *
 * @param closed whether there is no such event, or not any more
 * @param bytes an event of {@code text/event-stream}
 * @param idLength how many of them are the line with the id, at the beginning
 */
public record StatusFrame(long revision, boolean closed, byte[] bytes, int idLength) {

	public static StatusFrame of(StatusUpdate update, JsonMapper json) {
		return (update instanceof StatusUpdate.Current present)
				? of(update, "id: " + update.revision() + "\n", "status", json, StatusView.of(present.status()))
				: of(update, "", "closed", json, Map.of("eventId", update.event().value()));
	}

	private static StatusFrame of(StatusUpdate update, String id, String name, JsonMapper json, Object data) {
		String frame = id + "event: " + name + "\ndata: " + json.writeValueAsString(data) + "\n\n";
		return new StatusFrame(update.revision(), update instanceof StatusUpdate.Closed,
				frame.getBytes(StandardCharsets.UTF_8), id.length());
	}

	/**
	 * For a stream of this event alone, which a client can take up again where it was.
	 */
	public ByteBuffer withId() {
		return ByteBuffer.wrap(this.bytes);
	}

	/**
	 * For a stream of many events, whose revisions have nothing to do with each other.
	 */
	public ByteBuffer withoutId() {
		return ByteBuffer.wrap(this.bytes, this.idLength, this.bytes.length - this.idLength);
	}

}
