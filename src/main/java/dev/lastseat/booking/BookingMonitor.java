package dev.lastseat.booking;

import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * Receives what happens to requests and rounds, for metrics. A request is passed so that
 * its kind can be counted; implementations must not record its user.
 * <p>
 * Methods are called by several threads at once and must not block. An exception that a
 * method throws is logged and changes no outcome. All methods do nothing by default.
 */
public interface BookingMonitor {

	/** Does nothing. */
	BookingMonitor NONE = new BookingMonitor() {
	};

	/**
	 * Supplies the number of requests that are in flight or waiting in this process.
	 * Called once, before the first request; an exception stops the start of the process.
	 * @param requests gives the current number; can be called at any time, by any thread
	 */
	default void bindRequestCount(IntSupplier requests) {
	}

	/**
	 * A request was decided. Called before its caller gets the outcome.
	 * @param time since the request arrived
	 */
	default void decided(Request request, Outcome outcome, Duration time) {
	}

	/**
	 * The sweep removed expired holds of an event, or offered free seats.
	 * @param holds the number of expired holds
	 * @param offers the number of offers
	 */
	default void expired(int holds, int offers) {
	}

	/**
	 * A request failed, or was rejected with an {@link OverloadedException}. Called
	 * before its caller gets the error.
	 * @param time since the request arrived; zero when it was rejected at once
	 */
	default void failed(Request request, Throwable fault, Duration time) {
	}

	/**
	 * A caller cancelled its request. The request may still be decided when it was sent
	 * already; that decision is not reported.
	 * @param time since the request arrived
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
	 * A round has ended, with or without a fault.
	 * @param requests number of requests in its batch, 1 or more
	 */
	default void roundEnded(int requests) {
	}

	/**
	 * An operation of the storage failed: a read, a write, or a round. A read that
	 * several callers share is one operation.
	 */
	default void storageFailed(Throwable fault) {
	}

}
