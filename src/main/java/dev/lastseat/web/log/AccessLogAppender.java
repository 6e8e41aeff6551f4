package dev.lastseat.web.log;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Schedulers;
import reactor.util.concurrent.Queues;

/**
 * Writes the lines of the access log on another thread than the request's, to whatever
 * appenders the root logger has. A sale that ends refuses thousands of requests a second:
 * none of them waits for the console or the disk. When these are slower than the
 * refusals, lines are left out, and a line says how many.
 * <p>
 * Not Logback's {@code AsyncAppender}: its queue has a lock, which would block event
 * loops, and it does not count what it leaves out.
 */
final class AccessLogAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

	private static final String APPENDER = "access";

	/** Lines in the queue at most; about 8 MB. */
	static final int LIMIT = 16_384;

	/** How long a shutdown waits for lines that are not written yet. */
	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private final Queue<ILoggingEvent> lines = Queues.<ILoggingEvent>unboundedMultiproducer().get();

	/** How many lines are in the queue. Above 0 a thread is writing, or is about to. */
	private final AtomicInteger waiting = new AtomicInteger();

	private final LongAdder leftOut = new LongAdder();

	private final Logger root;

	/** Not the access log itself, which has no room when this is needed. */
	private final Logger logger;

	private AccessLogAppender(LoggerContext context) {
		this.root = context.getLogger(Logger.ROOT_LOGGER_NAME);
		this.logger = context.getLogger(AccessLogAppender.class);
		setContext(context);
		setName(APPENDER);
	}

	/**
	 * Leaves the logger alone where the configuration of the operator gives it an
	 * appender, and where the log is not Logback's.
	 */
	static void install() {
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
			install(context);
		}
	}

	static void install(LoggerContext context) {
		Logger access = context.getLogger(AccessLog.NAME);
		if (access.isAdditive() && !access.iteratorForAppenders().hasNext()) {
			AccessLogAppender appender = new AccessLogAppender(context);
			appender.start();
			access.addAppender(appender);
			access.setAdditive(false);
		}
	}

	/**
	 * Waits until all lines so far are written. Has to come before the end of the log,
	 * which stops the appenders that they go to first.
	 */
	static void flush() {
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
			flush(context, PATIENCE);
		}
	}

	static void flush(LoggerContext context, Duration patience) {
		if (context.getLogger(AccessLog.NAME).getAppender(APPENDER) instanceof AccessLogAppender appender) {
			appender.awaitWritten(patience);
		}
	}

	@Override
	protected void append(ILoggingEvent line) {
		// Before it is counted: a line that is counted is in the queue soon.
		line.prepareForDeferredProcessing();
		int before = this.waiting.getAndUpdate((count) -> (count < LIMIT) ? count + 1 : count);
		if (before >= LIMIT) {
			this.leftOut.increment();
			return;
		}
		this.lines.offer(line);
		if (before == 0) {
			Schedulers.boundedElastic().schedule(this::writeAll);
		}
	}

	private void writeAll() {
		int written = 0;
		do {
			write(next());
			written++;
			if (written % LIMIT == 0) {
				tellWhatIsMissing();
			}
		}
		while (this.waiting.decrementAndGet() > 0);
		tellWhatIsMissing();
	}

	private void tellWhatIsMissing() {
		long missing = this.leftOut.sumThenReset();
		if (missing > 0) {
			this.logger.warn(
					"{} lines of the access log were left out: they could not be written as fast as requests ended",
					missing);
		}
	}

	/**
	 * A line that is counted is in the queue, or will be in a moment.
	 */
	private ILoggingEvent next() {
		ILoggingEvent line = this.lines.poll();
		while (line == null) {
			Thread.onSpinWait();
			line = this.lines.poll();
		}
		return line;
	}

	private void write(ILoggingEvent line) {
		this.root.iteratorForAppenders().forEachRemaining((appender) -> appender.doAppend(line));
	}

	private void awaitWritten(Duration patience) {
		long end = System.nanoTime() + patience.toNanos();
		while (this.waiting.get() > 0 && System.nanoTime() < end) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
		}
	}

}
