package dev.lastseat.status;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.lastseat.booking.EventId;

/**
 * Who watches what. Asking costs next to nothing when nobody watches an event.
 */
final class Watches {

	private final Map<EventId, Set<Watch>> byEvent = new ConcurrentHashMap<>();

	void add(Watch watch) {
		this.byEvent.compute(watch.event(), (event, watches) -> {
			Set<Watch> all = (watches != null) ? watches : ConcurrentHashMap.newKeySet();
			all.add(watch);
			return all;
		});
	}

	void remove(Watch watch) {
		this.byEvent.computeIfPresent(watch.event(), (event, watches) -> {
			watches.remove(watch);
			return watches.isEmpty() ? null : watches;
		});
	}

	/**
	 * Has everybody look who watches the event and has not seen that revision.
	 */
	void signal(EventId event, long revision) {
		Set<Watch> watches = this.byEvent.get(event);
		if (watches != null) {
			watches.forEach((watch) -> watch.signal(revision));
		}
	}

	/**
	 * Has everybody look who watches the event and has not just that revision.
	 */
	void compare(EventId event, long revision) {
		Set<Watch> watches = this.byEvent.get(event);
		if (watches != null) {
			watches.forEach((watch) -> watch.compare(revision));
		}
	}

	/**
	 * The events that somebody watches; a view, to be iterated at any time.
	 */
	Set<EventId> events() {
		return this.byEvent.keySet();
	}

}
