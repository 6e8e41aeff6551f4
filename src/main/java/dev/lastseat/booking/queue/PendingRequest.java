package dev.lastseat.booking.queue;

import java.util.concurrent.atomic.AtomicReference;

import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.OverloadedException;
import dev.lastseat.booking.Request;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.MonoSink;
import reactor.util.context.ContextView;

/**
 * A request from its arrival until it is done with: answered, rejected or cancelled by
 * its caller, whichever comes first. Thread-safe.
 */
final class PendingRequest {

	private enum State {

		WAITING, SENT, DONE

	}

	private final Request request;

	private final MonoSink<Outcome> caller;

	private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

	private final AtomicReference<@Nullable Disposable> wait = new AtomicReference<>();

	private final long arrival;

	private final Listener listener;

	/**
	 * @param caller gets the answer
	 * @param arrival the time in nanoseconds, to be compared with another
	 * @param listener is told once, before the caller gets its answer
	 */
	PendingRequest(Request request, MonoSink<Outcome> caller, long arrival, Listener listener) {
		this.request = request;
		this.caller = caller;
		this.arrival = arrival;
		this.listener = listener;
	}

	Request request() {
		return this.request;
	}

	long arrival() {
		return this.arrival;
	}

	/** Of the caller. */
	ContextView context() {
		return this.caller.contextView();
	}

	/**
	 * @param wait is disposed when the request does not wait any more, which may be now
	 */
	void waits(Disposable wait) {
		if (!this.wait.compareAndSet(null, wait)) {
			wait.dispose();
		}
	}

	private void waitEnds() {
		Disposable wait = this.wait.getAndSet(Disposables.disposed());
		if (wait != null) {
			wait.dispose();
		}
	}

	/**
	 * A round takes the request along. From here on the caller cannot prevent it.
	 * @return false when it is done with already
	 */
	boolean send() {
		boolean sent = this.state.compareAndSet(State.WAITING, State.SENT);
		waitEnds();
		return sent;
	}

	/**
	 * Rejects the request unless it was sent or is done with. An exception that the
	 * caller throws is logged.
	 */
	void reject(OverloadedException.Reason reason) {
		if (this.state.compareAndSet(State.WAITING, State.DONE)) {
			OverloadedException rejection = new OverloadedException(reason);
			done(null, rejection);
			Callbacks.call(() -> this.caller.error(rejection));
		}
	}

	/** The caller has given up. */
	void cancel() {
		end(null, null);
	}

	void answer(Outcome outcome) {
		if (end(outcome, null)) {
			this.caller.success(outcome);
		}
	}

	void fail(Throwable fault) {
		if (end(null, fault)) {
			this.caller.error(fault);
		}
	}

	/**
	 * @return false when the request is done with already
	 */
	private boolean end(@Nullable Outcome outcome, @Nullable Throwable fault) {
		boolean ends = this.state.getAndSet(State.DONE) != State.DONE;
		if (ends) {
			done(outcome, fault);
		}
		return ends;
	}

	private void done(@Nullable Outcome outcome, @Nullable Throwable fault) {
		waitEnds();
		this.listener.done(this, outcome, fault);
	}

	/** Is told when a request is done with. */
	interface Listener {

		/**
		 * @param outcome null when there is none
		 * @param fault null when there is an outcome, and when the caller has given up
		 */
		void done(PendingRequest request, @Nullable Outcome outcome, @Nullable Throwable fault);

	}

}
