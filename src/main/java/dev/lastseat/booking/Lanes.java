package dev.lastseat.booking;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The lanes of all events that somebody wants at the moment.
 */
final class Lanes {

	private final ConcurrentMap<EventId, Lane> lanes = new ConcurrentHashMap<>();

	private final Writes writes;

	private final LaneSettings settings;

	private final Lobby lobby;

	Lanes(Writes writes, LaneSettings settings, Lobby lobby) {
		this.writes = writes;
		this.settings = settings;
		this.lobby = lobby;
	}

	/**
	 * Asks for a seat as soon as it is the user's turn. Lazy; cancelling before that
	 * means that nothing is asked, and after it changes nothing.
	 * @return exactly one outcome; an {@link OverloadedException} when the turn does not
	 * come, or cannot be waited for
	 */
	Mono<BookingOutcome> book(EventId event, UserId user) {
		if (this.settings.grouping()) {
			return Mono.create((asker) -> enter(event, new Place.Booking(user, asker)));
		}
		return this.lobby
			.roomFor(this.writes.book(event, List.of(user), Expectation.BOOKINGS).map(Decision::outcome).single());
	}

	/**
	 * Gives a seat back, under the same conditions.
	 */
	Mono<ReleaseOutcome> release(EventId event, UserId user) {
		if (this.settings.grouping()) {
			return Mono.create((asker) -> enter(event, new Place.Release(user, asker)));
		}
		return this.lobby.roomFor(this.writes.release(event, user));
	}

	private void enter(EventId event, Place<?> place) {
		Lane lane = laneOrOwn(event, place);
		while (lane != null && !lane.join(place)) {
			gone(event, lane);
			lane = laneOrOwn(event, place);
		}
	}

	/**
	 * @return the lane that is there already; null when there was none, and the place has
	 * one now
	 */
	private @Nullable Lane laneOrOwn(EventId event, Place<?> place) {
		Lane present = this.lanes.get(event);
		if (present != null) {
			return present;
		}
		Lane own = new Lane(event, place, this.writes, this.settings, this.lobby, (lane) -> gone(event, lane));
		present = this.lanes.putIfAbsent(event, own);
		if (present == null) {
			own.run();
		}
		return present;
	}

	private void gone(EventId event, Lane lane) {
		this.lanes.remove(event, lane);
	}

}
