package dev.lastseat.status;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.StorageException;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * The upstream that all subscribers of one event share: one subscription to the changes,
 * one read and one encoding for each change. It connects with the first subscriber and
 * closes a grace period after the last one has left, when the event is closed, or when
 * the process stops. A closed upstream is not used again.
 * <p>
 * Reactor's {@code refCount} with a grace period does almost the same. But it loses a
 * cancellation that arrives while the subscription is being made, and never disconnects
 * then.
 */
final class SharedUpstream<T> implements Disposable {

	/** Subscribers that have a state get the next one when the outage is over. */
	private static final Retry RETRY = StreamTiming.RETRY.filter(StorageException.class::isInstance);

	private final EventId event;

	private final ChangeNotifier notifier;

	private final Function<StatusUpdate, T> encoder;

	private final StreamTiming timing;

	private final Consumer<SharedUpstream<T>> onClose;

	private final Sinks.Many<EncodedUpdate<T>> latest = Sinks.many().replay().latest();

	private final AtomicBoolean connected = new AtomicBoolean();

	private final Disposable.Swap connection = Disposables.swap();

	private final Disposable.Swap gracePeriod = Disposables.swap();

	private int subscribers;

	private boolean closed;

	/**
	 * @param onClose called when this upstream is closed, before its subscribers get the
	 * end
	 */
	SharedUpstream(EventId event, ChangeNotifier notifier, Function<StatusUpdate, T> encoder, StreamTiming timing,
			Consumer<SharedUpstream<T>> onClose) {
		this.event = event;
		this.notifier = notifier;
		this.encoder = encoder;
		this.timing = timing;
		this.onClose = onClose;
	}

	/**
	 * Adds a subscriber, which must {@link #release} the upstream later.
	 * @return false when the upstream is closed
	 */
	synchronized boolean retain() {
		if (this.closed) {
			return false;
		}
		this.subscribers++;
		return true;
	}

	void release() {
		if (isUnusedAfterRelease()) {
			this.gracePeriod.update(this.timing.afterGracePeriod(this::disposeIfUnused));
		}
	}

	private synchronized boolean isUnusedAfterRelease() {
		this.subscribers--;
		return this.subscribers == 0 && !this.closed;
	}

	private void disposeIfUnused() {
		if (closeIfUnused()) {
			dispose();
		}
	}

	private synchronized boolean closeIfUnused() {
		this.closed = this.closed || this.subscribers == 0;
		return this.closed;
	}

	private synchronized void close() {
		this.closed = true;
	}

	/**
	 * For subscribers that have retained this upstream: the latest update at once, then
	 * all later ones. Completes after the last update of the event, and when the process
	 * stops. Subscribers must request unbounded demand: unrequested updates would
	 * accumulate.
	 */
	Flux<EncodedUpdate<T>> updates() {
		if (this.connected.compareAndSet(false, true)) {
			this.connection.update(encodedReads().subscribe(this::emit, this::fail, this::complete));
		}
		return this.latest.asFlux();
	}

	private Flux<EncodedUpdate<T>> encodedReads() {
		return this.timing.conflation()
			.conflate(this.notifier.changes(this.event), this::read)
			.takeUntil(Read::isLast)
			.publishOn(this.timing.scheduler(), 1)
			.map(this::encode)
			.takeUntilOther(this.notifier.stopped());
	}

	/**
	 * The first read passes a fault of the storage on. Later reads are repeated until the
	 * storage answers.
	 */
	private Mono<Read> read(ChangeSubscription subscription) {
		Mono<StatusUpdate> read = this.notifier.read(this.event);
		return (subscription.hasReadNothing() ? read : read.retryWhen(RETRY)).filter(subscription::recordRead)
			.map((update) -> new Read(update, subscription.generation()));
	}

	private EncodedUpdate<T> encode(Read read) {
		StatusUpdate update = read.update();
		return new EncodedUpdate<>(this.event, read.generation(), update.revision(), read.isLast(),
				this.encoder.apply(update));
	}

	private void emit(EncodedUpdate<T> update) {
		this.latest.tryEmitNext(update).orThrow();
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
	 * Closes and disconnects this upstream, even if it has subscribers.
	 */
	@Override
	public void dispose() {
		close();
		this.onClose.accept(this);
		this.gracePeriod.dispose();
		this.connection.dispose();
	}

	private record Read(StatusUpdate update, long generation) {

		boolean isLast() {
			return this.update instanceof StatusUpdate.Closed;
		}

	}

}
