package dev.lastseat.web.log;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;

/**
 * Writes many lines to the appenders of a logger with one flush. Without it, each line is
 * a system call.
 */
final class BatchOutput {

	private static final int CONSOLE_BUFFER = 32 * 1024;

	private final Logger logger;

	/**
	 * Makes the appenders encode equal lines once, and gives the console a buffer. Lines
	 * of other loggers still appear at once, because the appender flushes after each.
	 */
	BatchOutput(Logger logger) {
		this.logger = logger;
		logger.iteratorForAppenders().forEachRemaining((appender) -> {
			if (appender instanceof OutputStreamAppender<ILoggingEvent> stream && stream.isStarted()) {
				stream.setEncoder(AccessLineEncoder.of(stream.getEncoder()));
			}
			if (appender instanceof ConsoleAppender<ILoggingEvent> console && console.isStarted()) {
				console.setOutputStream(new BufferedOutputStream(console.getOutputStream(), CONSOLE_BUFFER));
			}
		});
	}

	void write(List<ILoggingEvent> lines) {
		this.logger.iteratorForAppenders().forEachRemaining((appender) -> {
			if (appender instanceof OutputStreamAppender<ILoggingEvent> stream && stream.isImmediateFlush()) {
				writeAndFlushOnce(stream, lines);
			}
			else {
				lines.forEach(appender::doAppend);
			}
		});
	}

	private static void writeAndFlushOnce(OutputStreamAppender<ILoggingEvent> appender, List<ILoggingEvent> lines) {
		appender.setImmediateFlush(false);
		try {
			lines.forEach(appender::doAppend);
		}
		finally {
			appender.setImmediateFlush(true);
		}
		OutputStream stream = appender.getOutputStream();
		try {
			// Null if Logback was stopped meanwhile.
			if (stream != null) {
				stream.flush();
			}
		}
		catch (IOException ex) {
			appender.addError("The access log could not be written", ex);
		}
	}

}
