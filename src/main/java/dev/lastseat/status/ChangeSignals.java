package dev.lastseat.status;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.lastseat.booking.Change;
import dev.lastseat.booking.ChangeFeed;
import dev.lastseat.booking.ChangeListener;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventStatus;
import dev.lastseat.booking.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

import org.springframework.context.SmartLifecycle;

/**
 * Tells streams when to look: what this process writes comes through the listener, what
 * others write through the feed. The feed is followed while anybody watches an event,
 * once for all of them.
 * <p>
 * Stopping ends every stream, before the web server waits for its requests to end: that
 * is what the default phase of a lifecycle means.
 */
public final class ChangeSignals implements ChangeListener, SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ChangeSignals.class);

	/** No revision is as high as this, so everybody looks. */
	private static final long ANY_REVISION = Long.MAX_VALUE;

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
		.doBeforeRetry(ChangeSignals::report);

	private final ChangeFeed feed;

	private final Watches watches = new Watches();

	private final Flux<Void> following;

	private volatile Sinks.Empty<Void> stopped = Sinks.empty();

	private volatile boolean running;

	ChangeSignals(ChangeFeed feed) {
		this.feed = feed;
		this.following = Flux.defer(this::follow).publish().refCount();
	}

	@Override
	public void mayHaveChanged(EventId event) {
		this.watches.signal(event, ANY_REVISION);
	}

	/**
	 * Watches one event. Signals may come from several threads, one after the other.
	 * @return the watch, each time that there may be something to see: at once, and
	 * whenever something may have changed since
	 */
	Flux<Watch> watch(EventId event) {
		return Flux.create((signals) -> {
			Watch watch = new Watch(event, signals);
			signals.onDispose(() -> this.watches.remove(watch));
			this.watches.add(watch);
			watch.signal(ANY_REVISION);
		}, FluxSink.OverflowStrategy.IGNORE);
	}

	/**
	 * Follows the feed, together with all others who are subscribed.
	 * @return nothing; completes when the process ends
	 */
	Flux<Void> following() {
		return this.following;
	}

	/**
	 * Looks how an event stands, once for each subscription.
	 */
	Mono<StatusUpdate> look(EventId event) {
		return this.feed.statuses(Set.of(event))
			.next()
			.<StatusUpdate>map(StatusUpdate.Present::new)
			.defaultIfEmpty(new StatusUpdate.Closed(event));
	}

	Set<EventId> watchedEvents() {
		return this.watches.events();
	}

	/**
	 * When following fails, or looking for what was missed, all of it begins anew.
	 */
	private Flux<Void> follow() {
		return this.feed.changes()
			.concatMap(this::pass, 1)
			.retryWhen(UNTIL_THE_STORE_ANSWERS)
			.takeUntilOther(this.stopped.asMono());
	}

	private Mono<Void> pass(Change change) {
		if (change instanceof Change.OfEvent known) {
			this.watches.signal(known.event(), known.revision());
			return Mono.empty();
		}
		return Flux.fromIterable(watchedEvents()).buffer(EVENTS_PER_QUERY).concatMap(this::compare, 1).then();
	}

	/**
	 * Only counters are read here, to find the events that are worth a look.
	 */
	private Mono<Void> compare(List<EventId> events) {
		return this.feed.statuses(events)
			.collectMap(EventStatus::event, EventStatus::revision)
			.doOnNext((found) -> signalAll(events, found))
			.then();
	}

	private void signalAll(List<EventId> events, Map<EventId, Long> revisions) {
		events.forEach((event) -> this.watches.signal(event, revisions.getOrDefault(event, ANY_REVISION)));
	}

	private static void report(Retry.RetrySignal signal) {
		if (signal.totalRetriesInARow() == 0 && !(signal.failure() instanceof StorageException)) {
			logger.warn("Changes cannot be followed, trying again", signal.failure());
		}
		else {
			logger.debug("Changes cannot be followed, trying again", signal.failure());
		}
	}

	@Override
	public void start() {
		this.stopped = Sinks.empty();
		this.running = true;
	}

	@Override
	public void stop() {
		this.stopped.tryEmitEmpty().orThrow();
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
