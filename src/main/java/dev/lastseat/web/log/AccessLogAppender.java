package dev.lastseat.web.log;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Schedulers;
import reactor.util.concurrent.Queues;

/**
 * Writes the lines of the access log to the appenders of the root logger, on another
 * thread than that of the request. When an event is sold out, thousands of requests a
 * second are rejected, and none of them may wait for the console or the disk. When the
 * appenders are too slow, lines are dropped, and a warning says how many.
 * <p>
 * The {@code AsyncAppender} of Logback is not used: its queue has a lock, which would
 * block event loops, and it does not count the dropped lines.
 */
final class AccessLogAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

	private static final String APPENDER = "access";

	/** The maximum number of lines in the queue; about 8 MB. */
	static final int LIMIT = 16_384;

	/** The maximum time that a shutdown waits for the remaining lines. */
	private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(1);

	/**
	 * The time in which lines are collected, so that one wake-up of the thread and one
	 * write serve many lines. At 30,000 lines a second, 600 lines wait.
	 */
	private static final Duration INTERVAL = Duration.ofMillis(20);

	private final Queue<ILoggingEvent> lines = Queues.<ILoggingEvent>unboundedMultiproducer().get();

	/**
	 * The number of lines in the queue. While it is above 0, a writing thread is running
	 * or scheduled.
	 */
	private final AtomicInteger waiting = new AtomicInteger();

	/** The number of lines since the last warning. Used by the writing thread only. */
	private int written;

	private final LongAdder dropped = new LongAdder();

	private final BatchOutput output;

	/**
	 * The logger of the warning. It is not the access log, whose queue is full when the
	 * warning is needed.
	 */
	private final Logger logger;

	private AccessLogAppender(LoggerContext context) {
		this.output = new BatchOutput(context.getLogger(Logger.ROOT_LOGGER_NAME));
		this.logger = context.getLogger(AccessLogAppender.class);
		setContext(context);
		setName(APPENDER);
	}

	/**
	 * Does nothing when the configuration gives the logger an appender, or when the log
	 * is not Logback.
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
	 * Waits until all current lines are written. Must be called before Logback is
	 * stopped, because Logback stops the appenders that receive the lines.
	 */
	static void flush() {
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
			flush(context, FLUSH_TIMEOUT);
		}
	}

	static void flush(LoggerContext context, Duration timeout) {
		if (context.getLogger(AccessLog.NAME).getAppender(APPENDER) instanceof AccessLogAppender appender) {
			appender.awaitWritten(timeout);
		}
	}

	@Override
	protected void append(ILoggingEvent line) {
		// Prepared before it is counted: a counted line must reach the queue without
		// delay.
		line.prepareForDeferredProcessing();
		int before = this.waiting.getAndUpdate((count) -> (count < LIMIT) ? count + 1 : count);
		if (before >= LIMIT) {
			this.dropped.increment();
			return;
		}
		this.lines.offer(line);
		if (before == 0) {
			schedule();
		}
	}

	private void schedule() {
		Schedulers.boundedElastic().schedule(this::writeWaiting, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void writeWaiting() {
		int count = this.waiting.get();
		this.output.write(IntStream.range(0, count).mapToObj((number) -> next()).toList());
		this.written += count;
		boolean warn = this.written >= LIMIT;
		if (warn) {
			this.written = 0;
		}
		boolean more = this.waiting.addAndGet(-count) > 0;
		if (more) {
			schedule();
		}
		if (warn || !more) {
			warnOfDroppedLines();
		}
	}

	private void warnOfDroppedLines() {
		long count = this.dropped.sumThenReset();
		if (count > 0) {
			this.logger.warn(
					"{} lines of the access log were dropped: they could not be written as fast as requests ended",
					count);
		}
	}

	/**
	 * A counted line is in the queue, or will be there within a moment.
	 */
	private ILoggingEvent next() {
		ILoggingEvent line = this.lines.poll();
		while (line == null) {
			Thread.onSpinWait();
			line = this.lines.poll();
		}
		return line;
	}

	private void awaitWritten(Duration timeout) {
		long end = System.nanoTime() + timeout.toNanos();
		while (this.waiting.get() > 0 && System.nanoTime() < end) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
		}
	}

}
