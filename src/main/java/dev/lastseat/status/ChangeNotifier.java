package dev.lastseat.status;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.lastseat.booking.ChangeFeed;
import dev.lastseat.booking.ChangeListener;
import dev.lastseat.booking.EventId;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.context.SmartLifecycle;

/**
 * Signals shared upstreams when their event may have changed. Changes of this process
 * arrive at the {@link ChangeListener}, changes of other processes through the
 * {@link ChangeFeed}.
 * <p>
 * Stopping completes all streams. With the default phase of a lifecycle this happens
 * before the web server waits for active requests, so that open streams do not delay the
 * shutdown.
 */
public final class ChangeNotifier implements ChangeListener, SmartLifecycle {

	/** Higher than any revision that was read, so that it always causes a read. */
	private static final long UNKNOWN_REVISION = Long.MAX_VALUE;

	private final ChangeFeed feed;

	private final ChangeSubscriptions subscriptions = new ChangeSubscriptions();

	private final FeedSubscriber feedSubscriber;

	/** Number of rolled back states that this process has found. */
	private final AtomicLong rollbacks = new AtomicLong();

	/**
	 * Pending checks of whether the feed is needed. The thread that raises this number
	 * from 0 to 1 performs all of them.
	 */
	private final AtomicInteger pendingChecks = new AtomicInteger();

	private @Nullable Disposable feedSubscription;

	private volatile Sinks.Empty<Void> stopped = Sinks.empty();

	private volatile boolean running;

	ChangeNotifier(ChangeFeed feed) {
		this.feed = feed;
		this.feedSubscriber = new FeedSubscriber(feed, this.subscriptions);
	}

	@Override
	public void mayHaveChanged(EventId event) {
		this.subscriptions.signalIfNewer(event, UNKNOWN_REVISION);
	}

	/**
	 * Subscribes to the changes of one event. Never completes; cancelling ends the
	 * subscription.
	 * @return the subscription itself, as the signal to read the event: at once, and each
	 * time the event may have changed. Several threads may signal, one after the other
	 */
	Flux<ChangeSubscription> changes(EventId event) {
		return Flux.create((signals) -> {
			ChangeSubscription subscription = new ChangeSubscription(event, signals, this.rollbacks);
			signals.onDispose(() -> remove(subscription));
			this.subscriptions.add(subscription);
			followFeedIfNeeded();
			subscription.signalIfNewer(UNKNOWN_REVISION);
		}, FluxSink.OverflowStrategy.IGNORE);
	}

	private void remove(ChangeSubscription subscription) {
		this.subscriptions.remove(subscription);
		followFeedIfNeeded();
	}

	/**
	 * Follows the feed once for all subscriptions, and only while there are any.
	 */
	private void followFeedIfNeeded() {
		int pending = this.pendingChecks.incrementAndGet();
		if (pending > 1) {
			return;
		}
		while (pending > 0) {
			followFeed(!this.subscriptions.events().isEmpty());
			pending = this.pendingChecks.addAndGet(-pending);
		}
	}

	private void followFeed(boolean needed) {
		if (needed && this.feedSubscription == null) {
			this.feedSubscription = this.feedSubscriber.follow().subscribe();
		}
		else if (!needed && this.feedSubscription != null) {
			this.feedSubscription.dispose();
			this.feedSubscription = null;
		}
	}

	/**
	 * Reads the status of an event, once for each subscription.
	 */
	Mono<StatusUpdate> read(EventId event) {
		return this.feed.statuses(Set.of(event))
			.next()
			.<StatusUpdate>map(StatusUpdate.Current::new)
			.defaultIfEmpty(new StatusUpdate.Closed(event));
	}

	/**
	 * Completes when the process stops.
	 */
	Mono<Void> stopped() {
		return this.stopped.asMono();
	}

	Set<EventId> subscribedEvents() {
		return this.subscriptions.events();
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
