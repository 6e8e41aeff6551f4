package dev.lastseat.web.stream;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.lastseat.booking.EventId;
import dev.lastseat.status.StandingUpdate;
import dev.lastseat.status.StatusUpdate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import tools.jackson.databind.json.JsonMapper;

/**
 * An update of the status of an event, or of the standing of a user, as a server-sent
 * event. All streams share the same bytes.
 *
 * @param closed whether the event does not exist, or was deleted
 * @param bytes one event of {@code text/event-stream}
 * @param idLength the length in bytes of the first line, which is the id; 0 without an id
 */
public record StatusFrame(EventId event, long revision, boolean closed, byte[] bytes, int idLength) {

	public static StatusFrame of(StatusUpdate update, JsonMapper json) {
		if (update instanceof StatusUpdate.Current present) {
			String id = "id: " + update.revision() + "\n";
			String text = id + text("status", StatusView.of(present.status()), json);
			return new StatusFrame(update.event(), update.revision(), false, bytes(text), id.length());
		}
		return new StatusFrame(update.event(), update.revision(), true, bytes(closed(update.event(), json)), 0);
	}

	/**
	 * Makes a frame without an id.
	 */
	static StatusFrame of(StandingUpdate update, JsonMapper json) {
		String text = (update instanceof StandingUpdate.Current present)
				? text("standing", StandingView.of(present.event(), present.user(), present.standing()), json)
				: closed(update.event(), json);
		return new StatusFrame(update.event(), 0, update instanceof StandingUpdate.Closed, bytes(text), 0);
	}

	/**
	 * The last event of a stream whose event was deleted.
	 */
	static String closed(EventId event, JsonMapper json) {
		return text("closed", Map.of("eventId", event.value()), json);
	}

	static String text(String name, Object data, JsonMapper json) {
		return "event: " + name + "\ndata: " + json.writeValueAsString(data) + "\n\n";
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	ByteBuf withId() {
		return Unpooled.wrappedBuffer(this.bytes);
	}

	ByteBuf withoutId() {
		return Unpooled.wrappedBuffer(this.bytes, this.idLength, this.bytes.length - this.idLength);
	}

}
