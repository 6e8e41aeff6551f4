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
 * A request from its arrival until it ends: it is answered, fails, is rejected or is
 * cancelled by its caller, whichever comes first. Thread-safe.
 */
final class PendingRequest {

	private enum State {

		WAITING, SENT, ENDED

	}

	private final Request request;

	private final MonoSink<Outcome> caller;

	private final AnswerSlices answers;

	private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

	private final Disposable.Swap wait = Disposables.swap();

	private final long arrival;

	private final Listener listener;

	/**
	 * @param caller gets the answer
	 * @param answers sends the answer when a round decides the request
	 * @param arrival time of the scheduler in nanoseconds
	 * @param listener called once, before the caller gets its answer
	 */
	PendingRequest(Request request, MonoSink<Outcome> caller, AnswerSlices answers, long arrival, Listener listener) {
		this.request = request;
		this.caller = caller;
		this.answers = answers;
		this.arrival = arrival;
		this.listener = listener;
	}

	Request request() {
		return this.request;
	}

	long arrival() {
		return this.arrival;
	}

	AnswerSlices answers() {
		return this.answers;
	}

	/** The Reactor context of the caller. */
	ContextView context() {
		return this.caller.contextView();
	}

	/**
	 * @param action disposed when the wait of the request ends; disposed at once when it
	 * has ended already
	 */
	void onWaitEnd(Disposable action) {
		this.wait.update(action);
	}

	/**
	 * Marks the request as sent. From now on, cancelling cannot prevent that it takes
	 * effect.
	 * @return false when the request has ended already
	 */
	boolean send() {
		boolean sent = this.state.compareAndSet(State.WAITING, State.SENT);
		this.wait.dispose();
		return sent;
	}

	/**
	 * Rejects the request if it is still waiting. An exception that the caller throws is
	 * logged.
	 */
	void reject(OverloadedException.Reason reason) {
		if (this.state.compareAndSet(State.WAITING, State.ENDED)) {
			OverloadedException rejection = new OverloadedException(reason);
			ended(null, rejection);
			Callbacks.call(() -> this.caller.error(rejection));
		}
	}

	/** The caller has cancelled. */
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
	 * @return false when the request had ended before
	 */
	private boolean end(@Nullable Outcome outcome, @Nullable Throwable fault) {
		boolean ends = this.state.getAndSet(State.ENDED) != State.ENDED;
		if (ends) {
			ended(outcome, fault);
		}
		return ends;
	}

	private void ended(@Nullable Outcome outcome, @Nullable Throwable fault) {
		this.wait.dispose();
		this.listener.ended(this, outcome, fault);
	}

	/** Receives the end of a request. */
	interface Listener {

		/**
		 * At most one of the outcome and the fault is present; when both are null, the
		 * caller has cancelled.
		 */
		void ended(PendingRequest request, @Nullable Outcome outcome, @Nullable Throwable fault);

	}

}
