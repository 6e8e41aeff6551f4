package dev.lastseat.booking;

import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * Watches the use cases at work. It gets requests to tell their kinds apart, not their
 * users. Methods are called by threads that must not block. An exception that one of them
 * throws is logged, and changes nothing else.
 * <p>
 * By itself it does nothing.
 */
public interface BookingMonitor {

	/** Watches nothing. */
	BookingMonitor NONE = new BookingMonitor() {
	};

	/**
	 * Called once, at the beginning.
	 * @param requests counts the requests that are in flight or waiting, at any time
	 */
	default void bindRequestCount(IntSupplier requests) {
	}

	/**
	 * A request was decided.
	 * @param time since it arrived
	 */
	default void decided(Request request, Outcome outcome, Duration time) {
	}

	/**
	 * A request failed, or was rejected with an {@link OverloadedException}.
	 * @param time since it arrived
	 */
	default void failed(Request request, Throwable fault, Duration time) {
	}

	/**
	 * A caller has given up. Whether the request is decided, and how, is not known.
	 * @param time since it arrived
	 */
	default void cancelled(Request request, Duration time) {
	}

	/**
	 * A request starts to wait, because a round of its event is under way. A request that
	 * starts a round itself does not wait.
	 */
	default void waitStarted() {
	}

	/**
	 * A request does not wait any more: a round took it, its wait timed out, or its
	 * caller cancelled it. Called once for each {@link #waitStarted}.
	 * @param time since the request arrived
	 */
	default void waitEnded(Duration time) {
	}

	/**
	 * A round has ended.
	 * @param requests how many it was to decide, 1 or more
	 */
	default void roundEnded(int requests) {
	}

	/**
	 * An operation of the storage has failed.
	 */
	default void storageFailed(Throwable fault) {
	}

}
