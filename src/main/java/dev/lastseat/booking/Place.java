package dev.lastseat.booking;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;
import reactor.util.context.ContextView;

/**
 * Somebody in a lane, from when they come until they are answered. Either their turn
 * comes, and then what they ask for is sent, or they are gone before, and nothing is.
 *
 * @param <T> the outcomes that they can be told
 */
abstract sealed class Place<T> {

	private enum State {

		WAITING, SENT, GONE

	}

	private final UserId user;

	private final MonoSink<T> asker;

	private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

	private @Nullable Runnable wait;

	private Place(UserId user, MonoSink<T> asker) {
		this.user = user;
		this.asker = asker;
		asker.onCancel(() -> this.state.set(State.GONE));
	}

	UserId user() {
		return this.user;
	}

	/**
	 * Of who asks; what is sent for them alone, or for a group that they lead, carries
	 * it.
	 */
	ContextView context() {
		return this.asker.contextView();
	}

	/**
	 * @param whenOver to be run once, when they are in line no more
	 */
	void waits(Runnable whenOver) {
		this.wait = whenOver;
	}

	/**
	 * Ends the wait, if there is one.
	 */
	void waitIsOver() {
		Runnable whenOver = this.wait;
		this.wait = null;
		if (whenOver != null) {
			whenOver.run();
		}
	}

	/**
	 * Their turn has come.
	 * @return whether they are still there; from now on their leaving changes nothing
	 */
	boolean takesTurn() {
		waitIsOver();
		return this.state.compareAndSet(State.WAITING, State.SENT);
	}

	/**
	 * Sends them away, unless they are gone or their turn has come.
	 * @return whether they were sent away
	 */
	boolean turnAway(OverloadedException.Reason reason) {
		boolean away = this.state.compareAndSet(State.WAITING, State.GONE);
		if (away) {
			this.asker.error(new OverloadedException(reason));
		}
		return away;
	}

	void answer(T outcome) {
		this.asker.success(outcome);
	}

	/**
	 * Reactor would report a fault that nobody is there to hear of.
	 */
	void fail(Throwable fault) {
		if (this.state.get() != State.GONE) {
			this.asker.error(fault);
		}
	}

	/** Wants a seat. */
	static final class Booking extends Place<BookingOutcome> {

		Booking(UserId user, MonoSink<BookingOutcome> asker) {
			super(user, asker);
		}

	}

	/** Gives a seat back. */
	static final class Release extends Place<ReleaseOutcome> {

		Release(UserId user, MonoSink<ReleaseOutcome> asker) {
			super(user, asker);
		}

	}

}
