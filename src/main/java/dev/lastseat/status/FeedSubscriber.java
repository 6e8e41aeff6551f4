package dev.lastseat.status;

import java.util.List;
import java.util.Map;

import dev.lastseat.booking.ChangeFeed;
import dev.lastseat.booking.ChangeHint;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventStatus;
import dev.lastseat.booking.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Follows the change feed for all subscriptions of this process and signals those whose
 * event has changed.
 */
final class FeedSubscriber {

	private static final Logger logger = LoggerFactory.getLogger(FeedSubscriber.class);

	/** About 20 KB of ids in a query, and about 100 KB of counters in its result. */
	private static final int EVENTS_PER_QUERY = 1_000;

	/** After an outage of any length, the feed begins with a hint about all events. */
	private static final Retry RETRY = StreamTiming.RETRY.transientErrors(true).doBeforeRetry(FeedSubscriber::log);

	private final ChangeFeed feed;

	private final ChangeSubscriptions subscriptions;

	FeedSubscriber(ChangeFeed feed, ChangeSubscriptions subscriptions) {
		this.feed = feed;
		this.subscriptions = subscriptions;
	}

	/**
	 * Follows the feed until it is cancelled. When the feed fails, or a read of the
	 * current revisions fails, it subscribes to the feed again.
	 * @return emits nothing and never ends
	 */
	Flux<Void> follow() {
		return this.feed.changes().concatMap(this::apply, 1).retryWhen(RETRY);
	}

	private Mono<Void> apply(ChangeHint hint) {
		if (hint instanceof ChangeHint.OfEvent known) {
			this.subscriptions.signalIfNewer(known.event(), known.revision());
			return Mono.empty();
		}
		return Flux.fromIterable(this.subscriptions.events())
			.buffer(EVENTS_PER_QUERY)
			.concatMap(this::readRevisions, 1)
			.then();
	}

	/**
	 * Signals the events whose revision differs from the one that was read last, and the
	 * events that were deleted.
	 */
	private Mono<Void> readRevisions(List<EventId> events) {
		return this.feed.statuses(events)
			.collectMap(EventStatus::event, EventStatus::revision)
			.doOnNext((found) -> signal(events, found))
			.then();
	}

	private void signal(List<EventId> events, Map<EventId, Long> revisions) {
		events.forEach(
				(event) -> this.subscriptions.signalIfDifferent(event, revisions.getOrDefault(event, Long.MAX_VALUE)));
	}

	private static void log(Retry.RetrySignal signal) {
		if (signal.totalRetriesInARow() == 0 && !(signal.failure() instanceof StorageException)) {
			logger.warn("The change feed failed, following it again", signal.failure());
		}
		else {
			logger.debug("The change feed failed, following it again", signal.failure());
		}
	}

}
