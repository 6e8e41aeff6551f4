package dev.lastseat.booking.queue;

import java.time.Duration;
import java.util.function.IntSupplier;

import dev.lastseat.booking.BookingMonitor;
import dev.lastseat.booking.ChangeListener;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Expiry;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.StorageException;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Calls the monitor and the listener. An exception that a callback throws is logged and
 * changes no outcome.
 */
public final class Callbacks {

	private static final Logger logger = Loggers.getLogger(Callbacks.class);

	private final BookingMonitor monitor;

	private final ChangeListener listener;

	public Callbacks(BookingMonitor monitor, ChangeListener listener) {
		this.monitor = monitor;
		this.listener = listener;
	}

	/**
	 * The only callback whose exception is not caught: it stops the start of the process.
	 */
	void bindRequestCount(IntSupplier requests) {
		this.monitor.bindRequestCount(requests);
	}

	void waitStarted() {
		call(this.monitor::waitStarted);
	}

	void waitEnded(Duration time) {
		call(() -> this.monitor.waitEnded(time));
	}

	public void decided(Request request, Outcome outcome, Duration time) {
		call(() -> this.monitor.decided(request, outcome, time));
	}

	/** The sweep changed an event. */
	public void expired(Expiry expiry) {
		call(() -> this.monitor.expired(expiry.holds(), expiry.offers()));
		mayHaveChanged(expiry.event());
	}

	void failed(Request request, Throwable fault, Duration time) {
		call(() -> this.monitor.failed(request, fault, time));
	}

	void cancelled(Request request, Duration time) {
		call(() -> this.monitor.cancelled(request, time));
	}

	void roundEnded(int requests) {
		call(() -> this.monitor.roundEnded(requests));
	}

	public void mayHaveChanged(EventId event) {
		call(() -> this.listener.mayHaveChanged(event));
	}

	public void storageFailed(Throwable fault) {
		call(() -> this.monitor.storageFailed(fault));
	}

	/**
	 * Also reports a change when the outcome of the write is unknown.
	 */
	public void writeFailed(EventId event, Throwable fault) {
		storageFailed(fault);
		if (fault instanceof StorageException.OutcomeUnknown) {
			mayHaveChanged(event);
		}
	}

	static void call(Runnable callback) {
		try {
			callback.run();
		}
		catch (Throwable fault) {
			logger.error("A callback failed", fault);
		}
	}

}
