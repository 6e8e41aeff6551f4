package dev.lastseat.booking;

import java.util.Collection;

import reactor.core.publisher.Flux;

/**
 * The source of live status: notifications of changes that any process made, and reads of
 * the current status. Lazy: nothing is sent before a subscription. A fault is an error
 * signal, a {@link StorageException}.
 */
public interface ChangeFeed {

	/**
	 * Reads the status of several events with one query per subscription. Only counters
	 * are transferred, no user ids.
	 * @param events ids for one query; live status passes 1 to 1,000
	 * @return one status for each event that exists, in any order, then completion; an
	 * event that does not exist is absent
	 */
	Flux<EventStatus> statuses(Collection<EventId> events);

	/**
	 * Follows the changes of all events. Each subscription follows them on its own, from
	 * the moment of the subscription; cancelling stops it. A {@link #statuses} read that
	 * starts after a hint sees the change that caused the hint.
	 * <p>
	 * The first hint is {@link ChangeHint.OfAnyEvent}; it is repeated at least whenever
	 * changes may have been missed. A storage without change streams emits only
	 * {@code OfAnyEvent}, at a fixed interval.
	 * @return hints, never completes; an error when the changes cannot be followed any
	 * more: the subscriber must subscribe again
	 */
	Flux<ChangeHint> changes();

}
