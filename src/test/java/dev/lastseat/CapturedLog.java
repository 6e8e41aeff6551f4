package dev.lastseat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Captures the warnings and errors of some loggers, so that a test can assert them. They
 * do not reach the output of the build. A line that the test neither asserts nor allows
 * fails the test.
 */
public final class CapturedLog implements BeforeEachCallback, AfterEachCallback {

	private final List<Logger> loggers;

	/** The levels before the test, by name, including loggers below the captured ones. */
	private final Map<String, Level> levels = new HashMap<>();

	private final List<Pattern> allowed = new ArrayList<>();

	private final List<ILoggingEvent> events = new ArrayList<>();

	private final Recorder recorder = new Recorder();

	private CapturedLog(List<Logger> loggers) {
		this.loggers = loggers;
	}

	/**
	 * @param loggers names of classes or packages; a package includes all its classes
	 */
	public static CapturedLog of(String... loggers) {
		return new CapturedLog(Stream.of(loggers).map((name) -> (Logger) LoggerFactory.getLogger(name)).toList());
	}

	/**
	 * Allows lines that do not appear in every run.
	 * @param line a regular expression that matches the whole line, in the form of
	 * {@link #lines}
	 */
	public CapturedLog allowing(String line) {
		this.allowed.add(Pattern.compile(line, Pattern.DOTALL));
		return this;
	}

	/**
	 * Returns and removes the lines captured so far, so that they count as asserted.
	 * @return for each line its level, its message, and the stack trace if it has one:
	 * {@code ERROR GET failed: java.lang.IllegalStateException: a mistake}
	 */
	public List<String> lines() {
		synchronized (this.events) {
			List<String> lines = this.events.stream().map(CapturedLog::text).toList();
			this.events.clear();
			return lines;
		}
	}

	/**
	 * @return the lines captured so far that have the request id
	 */
	List<String> linesOf(String requestId) {
		synchronized (this.events) {
			return this.events.stream()
				.filter((event) -> requestId.equals(event.getMDCPropertyMap().get("requestId")))
				.map(CapturedLog::text)
				.toList();
		}
	}

	private static String text(ILoggingEvent event) {
		String line = event.getLevel() + " " + event.getFormattedMessage();
		return (event.getThrowableProxy() != null)
				? line + ": " + ThrowableProxyUtil.asString(event.getThrowableProxy()) : line;
	}

	@Override
	public void beforeEach(ExtensionContext test) {
		this.recorder.start();
		this.loggers.forEach((logger) -> {
			logger.addAppender(this.recorder);
			logger.setAdditive(false);
			withDescendants(logger).filter((one) -> !one.isWarnEnabled()).forEach((one) -> {
				this.levels.put(one.getName(), one.getLevel());
				one.setLevel(Level.WARN);
			});
		});
	}

	private static Stream<Logger> withDescendants(Logger logger) {
		return logger.getLoggerContext()
			.getLoggerList()
			.stream()
			.filter((one) -> one == logger || one.getName().startsWith(logger.getName() + "."));
	}

	@Override
	public void afterEach(ExtensionContext test) {
		this.levels.forEach((name, level) -> ((Logger) LoggerFactory.getLogger(name)).setLevel(level));
		this.levels.clear();
		this.loggers.forEach((logger) -> {
			logger.setAdditive(true);
			logger.detachAppender(this.recorder);
		});
		this.recorder.stop();
		List<String> rest = lines().stream()
			.filter((line) -> this.allowed.stream().noneMatch((pattern) -> pattern.matcher(line).matches()))
			.toList();
		if (!rest.isEmpty() && test.getExecutionException().isEmpty()) {
			throw new AssertionError("the test does not assert these log lines: " + rest);
		}
	}

	private final class Recorder extends UnsynchronizedAppenderBase<ILoggingEvent> {

		@Override
		protected void append(ILoggingEvent event) {
			if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
				// Stores the MDC now, not when the test reads it.
				event.prepareForDeferredProcessing();
				synchronized (CapturedLog.this.events) {
					CapturedLog.this.events.add(event);
				}
			}
		}

	}

}
