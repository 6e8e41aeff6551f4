package dev.lastseat.web.stream;

import java.util.List;
import java.util.Set;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.UserId;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The events of a stream, in the order of their first states, or the standing of a user.
 *
 * @param withIds whether the frames have ids, with which a client can resume the stream.
 * Only a stream of a single event can have them, because the revisions of different
 * events cannot be compared
 * @param user null for the status of the events; otherwise the standing of this user in
 * the only event is watched
 */
public record Watched(List<EventId> events, boolean withIds, @Nullable UserId user) {

	public static Watched one(EventId event) {
		return new Watched(List.of(event), true, null);
	}

	public static Watched many(Set<EventId> events) {
		return new Watched(List.copyOf(events), false, null);
	}

	/**
	 * Without ids: a standing has no revision, and each stream begins with the current
	 * standing.
	 */
	public static Watched standing(EventId event, UserId user) {
		return new Watched(List.of(event), false, user);
	}

	ByteBuf bytes(StatusFrame frame) {
		return this.withIds ? frame.withId() : frame.withoutId();
	}

}
