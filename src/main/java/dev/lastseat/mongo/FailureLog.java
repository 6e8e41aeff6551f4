package dev.lastseat.mongo;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.StorageMonitor;
import dev.lastseat.booking.StorageMonitor.Task;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports failures of background tasks: every failure to the monitor, and at most one a
 * minute for each task to the log.
 */
public final class FailureLog {

	private static final Logger logger = LoggerFactory.getLogger(FailureLog.class);

	private static final Duration INTERVAL = Duration.ofMinutes(1);

	private final StorageMonitor monitor;

	/**
	 * Time from which a task may log again, in nanoseconds of {@link System#nanoTime}.
	 */
	private final Map<Task, AtomicLong> dueTimes = new EnumMap<>(Task.class);

	public FailureLog(StorageMonitor monitor) {
		this.monitor = monitor;
		long now = System.nanoTime();
		for (Task task : Task.values()) {
			this.dueTimes.put(task, new AtomicLong(now));
		}
	}

	public void report(Task task, Throwable fault) {
		this.monitor.failed(task);
		AtomicLong dueTime = this.dueTimes.get(task);
		long now = System.nanoTime();
		long due = dueTime.get();
		if (now - due >= 0 && dueTime.compareAndSet(due, now + INTERVAL.toNanos())) {
			logger.warn("Storage task {} failed, a later attempt will continue: {}", task, describe(fault));
		}
		else {
			logger.debug("Storage task {} failed, a later attempt will continue", task, fault);
		}
	}

	/**
	 * Omits the message of the server: it may contain the command, and user ids in it.
	 */
	static String describe(Throwable fault) {
		if (fault instanceof StorageException storage && storage.getCause() != null) {
			return describe(storage.getCause());
		}
		if (fault instanceof ServerError) {
			return String.valueOf(fault.getMessage());
		}
		String type = fault.getClass().getSimpleName();
		if (fault instanceof MongoBulkWriteException bulk && !bulk.getWriteErrors().isEmpty()) {
			return type + ", code " + bulk.getWriteErrors().get(0).getCode();
		}
		if (fault instanceof MongoCommandException refused) {
			return type + ", code " + refused.getErrorCode() + " (" + refused.getErrorCodeName() + ")";
		}
		return (fault instanceof MongoException failure && failure.getCode() > 0) ? type + ", code " + failure.getCode()
				: type;
	}

}
