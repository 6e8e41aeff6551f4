package dev.lastseat.web.stream;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.lastseat.booking.EventId;
import dev.lastseat.status.StatusUpdate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import tools.jackson.databind.json.JsonMapper;

/**
 * An update of an event as a server-sent event. All streams share the same bytes.
 *
 * @param closed whether the event does not exist, or was deleted
 * @param bytes one event of {@code text/event-stream}
 * @param idLength the length in bytes of the first line, which is the id; 0 without an id
 */
public record StatusFrame(EventId event, long revision, boolean closed, byte[] bytes, int idLength) {

	public static StatusFrame of(StatusUpdate update, JsonMapper json) {
		return (update instanceof StatusUpdate.Current present)
				? of(update, "id: " + update.revision() + "\n", "status", json, StatusView.of(present.status()))
				: of(update, "", "closed", json, Map.of("eventId", update.event().value()));
	}

	private static StatusFrame of(StatusUpdate update, String id, String name, JsonMapper json, Object data) {
		String frame = id + "event: " + name + "\ndata: " + json.writeValueAsString(data) + "\n\n";
		return new StatusFrame(update.event(), update.revision(), update instanceof StatusUpdate.Closed,
				frame.getBytes(StandardCharsets.UTF_8), id.length());
	}

	ByteBuf withId() {
		return Unpooled.wrappedBuffer(this.bytes);
	}

	ByteBuf withoutId() {
		return Unpooled.wrappedBuffer(this.bytes, this.idLength, this.bytes.length - this.idLength);
	}

}
