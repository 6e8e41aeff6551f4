package dev.lastseat.booking.queue;

import java.time.Duration;

import dev.lastseat.booking.BookingMonitor;
import dev.lastseat.booking.ChangeListener;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.StorageException;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Calls the monitor and the listener. An exception that they throw is logged and changes
 * nothing else.
 */
final class Callbacks {

	private static final Logger logger = Loggers.getLogger(Callbacks.class);

	private final BookingMonitor monitor;

	private final ChangeListener listener;

	Callbacks(BookingMonitor monitor, ChangeListener listener) {
		this.monitor = monitor;
		this.listener = listener;
	}

	void waitStarted() {
		call(this.monitor::waitStarted);
	}

	void waitEnded(Duration time) {
		call(() -> this.monitor.waitEnded(time));
	}

	void decided(Request request, Outcome outcome, Duration time) {
		call(() -> this.monitor.decided(request, outcome, time));
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

	void changed(EventId event) {
		call(() -> this.listener.mayHaveChanged(event));
	}

	/**
	 * A write whose outcome is unknown may have changed the event.
	 */
	void storageFailed(EventId event, Throwable fault) {
		call(() -> this.monitor.storageFailed(fault));
		if (fault instanceof StorageException.OutcomeUnknown) {
			changed(event);
		}
	}

	static void call(Runnable callback) {
		try {
			callback.run();
		}
		catch (Throwable fault) {
			logger.error("A callback of an event queue failed", fault);
		}
	}

}
