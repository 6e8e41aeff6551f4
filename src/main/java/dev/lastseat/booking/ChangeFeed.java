package dev.lastseat.booking;

import java.util.Collection;

import reactor.core.publisher.Flux;

/**
 * Where live status comes from: hints that something changed, whoever changed it and in
 * whichever process, and the state to look at then. Lazy, like {@link EventRepository},
 * with the same faults.
 */
public interface ChangeFeed {

	/**
	 * Reads how events stand, all with one query. Only their counters cross the wire.
	 * @param events as many as one query bears; a thousand is fine
	 * @return a status for each event, in no order; none for one that does not exist
	 */
	Flux<EventStatus> statuses(Collection<EventId> events);

	/**
	 * Follows all events, from the moment of the subscription on. A read that begins
	 * after a hint sees what the hint is about.
	 * <p>
	 * Nothing is passed over in silence: whenever changes may have been missed, also
	 * before the first was followed, there is a {@link ChangeHint.OfAnyEvent}. A store
	 * that cannot tell what changes gives nothing else, again and again.
	 * @return hints without an end; an error when it cannot go on, and following has to
	 * begin anew
	 */
	Flux<ChangeHint> changes();

}
