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
 * Warnings and errors of some loggers, for a test to assert. They do not reach the output
 * of the build. A line that the test neither asserts nor allows fails it.
 */
public final class CapturedLog implements BeforeEachCallback, AfterEachCallback {

	private final List<Logger> loggers;

	/** By name, also of loggers below those that are captured. */
	private final Map<String, Level> levels = new HashMap<>();

	private final List<Pattern> allowed = new ArrayList<>();

	private final List<ILoggingEvent> events = new ArrayList<>();

	private final Recorder recorder = new Recorder();

	private CapturedLog(List<Logger> loggers) {
		this.loggers = loggers;
	}

	/**
	 * @param loggers names of classes or packages; a line of a package is one of all of
	 * its classes
	 */
	public static CapturedLog of(String... loggers) {
		return new CapturedLog(Stream.of(loggers).map((name) -> (Logger) LoggerFactory.getLogger(name)).toList());
	}

	/**
	 * Allows lines that come or do not come, as chance has it.
	 * @param line a regular expression for the whole of a line, as in {@link #lines}
	 */
	public CapturedLog allowing(String line) {
		this.allowed.add(Pattern.compile(line, Pattern.DOTALL));
		return this;
	}

	/**
	 * Takes the lines so far, which then count as asserted.
	 * @return each as its level, its message, and its exception with the stack trace if
	 * it has one: {@code ERROR GET failed: java.lang.IllegalStateException: a mistake}
	 */
	public List<String> lines() {
		synchronized (this.events) {
			List<String> lines = this.events.stream().map(CapturedLog::text).toList();
			this.events.clear();
			return lines;
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
			family(logger).filter((one) -> !one.isWarnEnabled()).forEach((one) -> {
				this.levels.put(one.getName(), one.getLevel());
				one.setLevel(Level.WARN);
			});
		});
	}

	private static Stream<Logger> family(Logger logger) {
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
			throw new AssertionError("lines in the log that the test does not assert: " + rest);
		}
	}

	private final class Recorder extends UnsynchronizedAppenderBase<ILoggingEvent> {

		@Override
		protected void append(ILoggingEvent event) {
			if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
				synchronized (CapturedLog.this.events) {
					CapturedLog.this.events.add(event);
				}
			}
		}

	}

}
