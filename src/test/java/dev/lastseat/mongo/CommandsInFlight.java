package dev.lastseat.mongo;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import com.mongodb.event.CommandFailedEvent;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.event.CommandSucceededEvent;
import dev.lastseat.TestRun;
import org.awaitility.Awaitility;

/**
 * Counts the commands of a client that have no answer yet. A client must be closed after
 * they are answered: the driver logs an error for a command of a closed client.
 */
final class CommandsInFlight implements CommandListener {

	/** Longer than the pause between two commands of one operation. */
	private static final Duration QUIET = Duration.ofMillis(100);

	private final Set<String> ignored;

	private final AtomicInteger inFlight = new AtomicInteger();

	private final AtomicLong started = new AtomicLong();

	/**
	 * @param ignored the names of the commands that are not counted
	 */
	CommandsInFlight(String... ignored) {
		this.ignored = Set.of(ignored);
	}

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

	private boolean isCounted(String command) {
		return !this.ignored.contains(command);
	}

	/**
	 * Waits until work in the background, such as maintenance, sends no more commands and
	 * has all answers.
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
