package dev.lastseat.status;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.lastseat.booking.ChangeHint;
import dev.lastseat.booking.ChangeFeed;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventStatus;
import dev.lastseat.booking.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Follows the feed for all who watch, and passes on what it tells.
 */
final class FeedFollower {

	private static final Logger logger = LoggerFactory.getLogger(FeedFollower.class);

	/**
	 * Events in one query: some 20 KB of ids, answered with some 100 KB of counters.
	 */
	private static final int EVENTS_PER_QUERY = 1_000;

	/**
	 * An outage lasts as long as it lasts, and what is watched is right again after it.
	 */
	private static final Retry UNTIL_THE_STORE_ANSWERS = Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100))
		.maxBackoff(Duration.ofSeconds(5))
		.transientErrors(true)
		.doBeforeRetry(FeedFollower::report);

	private final ChangeFeed feed;

	private final Watches watches;

	FeedFollower(ChangeFeed feed, Watches watches) {
		this.feed = feed;
		this.watches = watches;
	}

	/**
	 * Follows for as long as there is a subscription. When that fails, or looking for
	 * what was missed, all of it begins anew.
	 */
	Flux<Void> follow() {
		return this.feed.changes().concatMap(this::pass, 1).retryWhen(UNTIL_THE_STORE_ANSWERS);
	}

	private Mono<Void> pass(ChangeHint change) {
		if (change instanceof ChangeHint.OfEvent known) {
			this.watches.signal(known.event(), known.revision());
			return Mono.empty();
		}
		return Flux.fromIterable(this.watches.events()).buffer(EVENTS_PER_QUERY).concatMap(this::compare, 1).then();
	}

	/**
	 * Finds the events that are worth a look: those of another revision than was seen
	 * last, and those that are gone.
	 */
	private Mono<Void> compare(List<EventId> events) {
		return this.feed.statuses(events)
			.collectMap(EventStatus::event, EventStatus::revision)
			.doOnNext((found) -> signal(events, found))
			.then();
	}

	private void signal(List<EventId> events, Map<EventId, Long> revisions) {
		events.forEach((event) -> this.watches.compare(event, revisions.getOrDefault(event, Long.MAX_VALUE)));
	}

	private static void report(Retry.RetrySignal signal) {
		if (signal.totalRetriesInARow() == 0 && !(signal.failure() instanceof StorageException)) {
			logger.warn("Changes cannot be followed, trying again", signal.failure());
		}
		else {
			logger.debug("Changes cannot be followed, trying again", signal.failure());
		}
	}

}
