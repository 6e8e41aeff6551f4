package dev.lastseat.status;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.StorageException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * The one stream of an event, for all who watch it. It begins with the first of them and
 * is let go a moment after the last; then it has had its life, and the next who comes
 * needs another.
 */
final class EventStream<T> {

	/** As long as it takes: those who watch are told when the store is back. */
	private static final Retry UNTIL_THE_STORE_ANSWERS = Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100))
		.maxBackoff(Duration.ofSeconds(5))
		.filter(StorageException.class::isInstance);

	private final ChangeSignals signals;

	private final Function<StatusUpdate, T> encoder;

	private final Pace pace;

	private final Sinks.Many<Emission<T>> latest = Sinks.many().replay().latest();

	private final AtomicBoolean begun = new AtomicBoolean();

	private final Flux<Void> work;

	/**
	 * @param end called when this stream has ended, before anybody is told so
	 */
	EventStream(EventId event, ChangeSignals signals, Function<StatusUpdate, T> encoder, Pace pace,
			Consumer<EventStream<T>> end) {
		this.signals = signals;
		this.encoder = encoder;
		this.pace = pace;
		this.work = Flux.defer(() -> this.begun.compareAndSet(false, true) ? work(event) : letGo())
			.doOnTerminate(() -> end.accept(this))
			.doOnCancel(() -> end.accept(this))
			.publish()
			.refCount(1, pace.letGoAfter(), pace.scheduler());
	}

	/**
	 * Emits the latest at once and then what comes, completes after the last emission of
	 * the event and when the process ends. A subscriber that asks for less than there is
	 * must not hold up others: it is on them to ask for all.
	 * @return a {@link CancellationException} when this stream was let go
	 */
	Flux<Emission<T>> emissions() {
		return this.latest.asFlux().takeUntil(Emission::last).takeUntilOther(this.work);
	}

	/**
	 * Follows first and looks then, so that nothing falls between. When the event is
	 * closed there is nothing left to do but to tell those who come before this is let
	 * go: the end of the work would overtake the news for those who are slow to hear it.
	 */
	private Flux<Void> work(EventId event) {
		return this.pace.conflation()
			.conflate(this.signals.watch(event), this::look)
			.takeUntil(StatusUpdate.Closed.class::isInstance)
			.publishOn(this.pace.scheduler(), 1)
			.map(this::encode)
			.doOnNext((emission) -> this.latest.tryEmitNext(emission).orThrow())
			.thenMany(Flux.<Void>never())
			.takeUntilOther(this.signals.following());
	}

	/**
	 * That the store does not answer is told to those who have seen nothing yet. Who has,
	 * keeps what they saw until it does.
	 */
	private Mono<StatusUpdate> look(Watch watch) {
		Mono<StatusUpdate> look = this.signals.look(watch.event());
		return (watch.hasSeenNothing() ? look : look.retryWhen(UNTIL_THE_STORE_ANSWERS)).filter(watch::sees);
	}

	private Emission<T> encode(StatusUpdate update) {
		return new Emission<>(update.event(), update.revision(), update instanceof StatusUpdate.Closed,
				this.encoder.apply(update));
	}

	private static Flux<Void> letGo() {
		return Flux.error(() -> new CancellationException("the stream was let go"));
	}

}
