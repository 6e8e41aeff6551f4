package dev.lastseat.web.stream;

import java.util.List;
import java.util.Set;

import dev.lastseat.booking.EventId;
import io.netty.buffer.ByteBuf;

/**
 * The events of a stream, in the order of their first states.
 *
 * @param withIds whether the frames have ids, with which a client can resume the stream.
 * Only a stream of a single event can have them, because the revisions of different
 * events cannot be compared
 */
public record Watched(List<EventId> events, boolean withIds) {

	public static Watched one(EventId event) {
		return new Watched(List.of(event), true);
	}

	public static Watched many(Set<EventId> events) {
		return new Watched(List.copyOf(events), false);
	}

	ByteBuf bytes(StatusFrame frame) {
		return this.withIds ? frame.withId() : frame.withoutId();
	}

}
