package dev.lastseat.mongo;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import com.mongodb.event.CommandFailedEvent;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.event.CommandSucceededEvent;
import dev.lastseat.TestRun;
import org.awaitility.Awaitility;

/**
 * Counts the commands of a client that have no answer yet. A {@code getMore} is not
 * counted: on a change stream it waits for changes.
 */
final class CommandsInFlight implements CommandListener {

	/** Longer than the pause between two commands of one operation. */
	private static final Duration QUIET = Duration.ofMillis(100);

	private final AtomicInteger inFlight = new AtomicInteger();

	private final AtomicLong started = new AtomicLong();

	@Override
	public void commandStarted(CommandStartedEvent event) {
		if (isCounted(event.getCommandName())) {
			this.started.incrementAndGet();
			this.inFlight.incrementAndGet();
		}
	}

	@Override
	public void commandSucceeded(CommandSucceededEvent event) {
		ended(event.getCommandName());
	}

	@Override
	public void commandFailed(CommandFailedEvent event) {
		ended(event.getCommandName());
	}

	private void ended(String command) {
		if (isCounted(command)) {
			this.inFlight.decrementAndGet();
		}
	}

	private static boolean isCounted(String command) {
		return !command.equals("getMore");
	}

	/**
	 * Waits until work in the background, such as maintenance, sends no more commands.
	 */
	void awaitNone() {
		AtomicLong before = new AtomicLong(-1);
		Awaitility.await()
			.pollInterval(Duration.ofMillis(10))
			.during(QUIET)
			.atMost(TestRun.TIMEOUT)
			.until(() -> before.getAndSet(this.started.get()) == this.started.get() && this.inFlight.get() == 0);
	}

}
