package dev.lastseat.status;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.lastseat.booking.EventId;

/**
 * The open subscriptions by event. Signalling an event without subscriptions costs one
 * map lookup.
 */
final class ChangeSubscriptions {

	private final Map<EventId, Set<ChangeSubscription>> byEvent = new ConcurrentHashMap<>();

	void add(ChangeSubscription subscription) {
		this.byEvent.compute(subscription.event(), (event, present) -> {
			Set<ChangeSubscription> all = (present != null) ? present : ConcurrentHashMap.newKeySet();
			all.add(subscription);
			return all;
		});
	}

	void remove(ChangeSubscription subscription) {
		this.byEvent.computeIfPresent(subscription.event(), (event, all) -> {
			all.remove(subscription);
			return all.isEmpty() ? null : all;
		});
	}

	/**
	 * Signals the subscriptions of the event that have not read this revision or a later
	 * one.
	 */
	void signalIfNewer(EventId event, long revision) {
		of(event).forEach((subscription) -> subscription.signalIfNewer(revision));
	}

	/**
	 * Signals the subscriptions of the event that did not read exactly this revision
	 * last.
	 */
	void signalIfDifferent(EventId event, long revision) {
		of(event).forEach((subscription) -> subscription.signalIfDifferent(revision));
	}

	private Set<ChangeSubscription> of(EventId event) {
		return this.byEvent.getOrDefault(event, Set.of());
	}

	/**
	 * The events with subscriptions: a live view that can be iterated at any time.
	 */
	Set<EventId> events() {
		return this.byEvent.keySet();
	}

}
