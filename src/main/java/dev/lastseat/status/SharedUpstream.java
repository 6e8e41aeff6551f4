package dev.lastseat.status;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * The upstream that all subscribers of one event share: one subscription to the source of
 * its updates. It connects with the first subscriber and closes a grace period after the
 * last one has left, when the event is closed, or when the process stops. A closed
 * upstream is not used again.
 * <p>
 * Reactor's {@code refCount} with a grace period does almost the same. But it loses a
 * cancellation that arrives while the subscription is being made, and never disconnects
 * then.
 */
final class SharedUpstream<S extends UpdateSource<T>, T> implements Disposable {

	private final S source;

	private final StreamTiming timing;

	private final Consumer<SharedUpstream<S, T>> onClose;

	private final Sinks.Many<T> latest = Sinks.many().replay().latest();

	private final AtomicBoolean connected = new AtomicBoolean();

	private final Disposable.Swap connection = Disposables.swap();

	private final Disposable.Swap gracePeriod = Disposables.swap();

	private int subscribers;

	private boolean closed;

	/**
	 * @param onClose called when this upstream is closed, before its subscribers get the
	 * end
	 */
	SharedUpstream(S source, StreamTiming timing, Consumer<SharedUpstream<S, T>> onClose) {
		this.source = source;
		this.timing = timing;
		this.onClose = onClose;
	}

	S source() {
		return this.source;
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
	Flux<T> updates() {
		if (this.connected.compareAndSet(false, true)) {
			this.connection.update(this.source.updates().subscribe(this::emit, this::fail, this::complete));
		}
		return this.latest.asFlux();
	}

	private void emit(T update) {
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

}
