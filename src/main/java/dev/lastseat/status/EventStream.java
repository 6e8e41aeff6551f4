package dev.lastseat.status;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.StorageException;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * The one stream of an event, for all who watch it. It begins with the first of them and
 * is let go a moment after the last; then it is over, and the next who comes needs
 * another.
 * <p>
 * Reactor's own {@code refCount} with a grace period would do nearly that, but loses a
 * cancellation that comes while a subscription is still being made, and then never lets
 * go.
 */
final class EventStream<T> implements Disposable {

	/** As long as it takes: those who watch are told when the store is back. */
	private static final Retry UNTIL_THE_STORE_ANSWERS = Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100))
		.maxBackoff(Duration.ofSeconds(5))
		.filter(StorageException.class::isInstance);

	private final EventId event;

	private final ChangeNotifier signals;

	private final Function<StatusUpdate, T> encoder;

	private final Pace pace;

	private final Consumer<EventStream<T>> end;

	private final Sinks.Many<Emission<T>> latest = Sinks.many().replay().latest();

	private final AtomicBoolean begun = new AtomicBoolean();

	private final Disposable.Swap work = Disposables.swap();

	private final Disposable.Swap timer = Disposables.swap();

	private int watchers;

	private boolean over;

	/**
	 * @param end called when this stream is over, before anybody is told so
	 */
	EventStream(EventId event, ChangeNotifier signals, Function<StatusUpdate, T> encoder, Pace pace,
			Consumer<EventStream<T>> end) {
		this.event = event;
		this.signals = signals;
		this.encoder = encoder;
		this.pace = pace;
		this.end = end;
	}

	/**
	 * Keeps the stream for one more, until they {@link #leave}.
	 * @return this; null when it is over
	 */
	synchronized @Nullable EventStream<T> join() {
		if (this.over) {
			return null;
		}
		this.watchers++;
		return this;
	}

	void leave() {
		if (isLastToLeave()) {
			this.timer.update(this.pace.later(this::letGo));
		}
	}

	private synchronized boolean isLastToLeave() {
		this.watchers--;
		return this.watchers == 0 && !this.over;
	}

	private void letGo() {
		if (endUnlessWatched()) {
			dispose();
		}
	}

	private synchronized boolean endUnlessWatched() {
		this.over = this.over || this.watchers == 0;
		return this.over;
	}

	private synchronized void end() {
		this.over = true;
	}

	/**
	 * For those who have joined: the latest at once, and then what comes. It completes
	 * after the last emission of the event, and when the process ends. Whoever asks for
	 * less than there is makes the rest pile up: they have to ask for all.
	 */
	Flux<Emission<T>> emissions() {
		if (this.begun.compareAndSet(false, true)) {
			this.work.update(work().subscribe(this::emit, this::fail, this::complete));
		}
		return this.latest.asFlux();
	}

	private Flux<Emission<T>> work() {
		return this.pace.conflation()
			.conflate(this.signals.watch(this.event), this::look)
			.takeUntil(Seen::isLast)
			.publishOn(this.pace.scheduler(), 1)
			.map(this::encode)
			.takeUntilOther(this.signals.stopped());
	}

	/**
	 * That the store does not answer is told to those who have seen nothing yet. Who has,
	 * keeps what they saw until it does.
	 */
	private Mono<Seen> look(Watch watch) {
		Mono<StatusUpdate> look = this.signals.look(this.event);
		return (watch.hasSeenNothing() ? look : look.retryWhen(UNTIL_THE_STORE_ANSWERS)).filter(watch::sees)
			.map((update) -> new Seen(update, watch.generation()));
	}

	private Emission<T> encode(Seen seen) {
		StatusUpdate update = seen.update();
		return new Emission<>(this.event, seen.generation(), update.revision(), seen.isLast(),
				this.encoder.apply(update));
	}

	private void emit(Emission<T> emission) {
		this.latest.tryEmitNext(emission).orThrow();
	}

	private void fail(Throwable error) {
		dispose();
		this.latest.tryEmitError(error).orThrow();
	}

	private void complete() {
		dispose();
		this.latest.tryEmitComplete().orThrow();
	}

	/**
	 * Ends the work, whoever watches.
	 */
	@Override
	public void dispose() {
		end();
		this.end.accept(this);
		this.timer.dispose();
		this.work.dispose();
	}

	private record Seen(StatusUpdate update, long generation) {

		boolean isLast() {
			return this.update instanceof StatusUpdate.Closed;
		}

	}

}
