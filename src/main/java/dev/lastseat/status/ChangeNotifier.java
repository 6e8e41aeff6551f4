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
 * Tells streams when to look: what this process writes comes through the listener, what
 * others write through the feed.
 * <p>
 * Stopping ends every stream, before the web server waits for its requests to end: that
 * is what the default phase of a lifecycle means.
 */
public final class ChangeNotifier implements ChangeListener, SmartLifecycle {

	/** Nobody has seen a revision as high as this, so everybody looks. */
	private static final long ANY_REVISION = Long.MAX_VALUE;

	private final ChangeFeed feed;

	private final Watches watches = new Watches();

	private final FeedFollower follower;

	/** How many states were taken back by the storage. */
	private final AtomicLong generations = new AtomicLong();

	/** Checks of whether to follow that are due. Who makes it 1 does them all. */
	private final AtomicInteger checks = new AtomicInteger();

	private @Nullable Disposable following;

	private volatile Sinks.Empty<Void> stopped = Sinks.empty();

	private volatile boolean running;

	ChangeNotifier(ChangeFeed feed) {
		this.feed = feed;
		this.follower = new FeedFollower(feed, this.watches);
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
			Watch watch = new Watch(event, signals, this.generations);
			signals.onDispose(() -> forget(watch));
			this.watches.add(watch);
			followWhileWatched();
			watch.signal(ANY_REVISION);
		}, FluxSink.OverflowStrategy.IGNORE);
	}

	private void forget(Watch watch) {
		this.watches.remove(watch);
		followWhileWatched();
	}

	/**
	 * Begins or ends following the feed, as it is needed now: once for all who watch, and
	 * not at all when nobody does.
	 */
	private void followWhileWatched() {
		int due = this.checks.incrementAndGet();
		if (due > 1) {
			return;
		}
		while (due > 0) {
			adjust(!this.watches.events().isEmpty());
			due = this.checks.addAndGet(-due);
		}
	}

	private void adjust(boolean watched) {
		if (watched && this.following == null) {
			this.following = this.follower.follow().subscribe();
		}
		else if (!watched && this.following != null) {
			this.following.dispose();
			this.following = null;
		}
	}

	/**
	 * Looks how an event stands, once for each subscription.
	 */
	Mono<StatusUpdate> look(EventId event) {
		return this.feed.statuses(Set.of(event))
			.next()
			.<StatusUpdate>map(StatusUpdate.Current::new)
			.defaultIfEmpty(new StatusUpdate.Closed(event));
	}

	/**
	 * Completes when the process ends.
	 */
	Mono<Void> stopped() {
		return this.stopped.asMono();
	}

	Set<EventId> watchedEvents() {
		return this.watches.events();
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
