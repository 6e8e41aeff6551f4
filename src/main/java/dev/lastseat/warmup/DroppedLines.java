package dev.lastseat.warmup;

import java.util.UUID;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.Marker;

/**
 * Drops the log lines of the warm-up. They have its request id, with one exception. It is
 * the first filter of Logback, so the meters of Micrometer do not count these lines
 * either.
 */
final class DroppedLines extends TurboFilter implements AutoCloseable {

	/** The MDC key of the request id. */
	static final String KEY = "requestId";

	/**
	 * Logs how a service finds changes by other processes, once and on a thread of the
	 * driver, so without a request id.
	 */
	private static final String CHANGES = "dev.lastseat.mongo.MongoChangeFeed";

	/** Random, so that no client can hide its lines. */
	private final String requestId = "warm-up-" + UUID.randomUUID();

	/**
	 * Drops nothing when the log is not written by Logback.
	 */
	static DroppedLines install() {
		DroppedLines lines = new DroppedLines();
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
			lines.setContext(context);
			lines.start();
			context.getTurboFilterList().add(0, lines);
		}
		return lines;
	}

	String requestId() {
		return this.requestId;
	}

	@Override
	public FilterReply decide(@Nullable Marker marker, Logger logger, Level level, @Nullable String format,
			Object @Nullable [] arguments, @Nullable Throwable error) {
		return this.requestId.equals(MDC.get(KEY)) || logger.getName().equals(CHANGES) ? FilterReply.DENY
				: FilterReply.NEUTRAL;
	}

	@Override
	public void close() {
		if (getContext() instanceof LoggerContext context) {
			context.getTurboFilterList().remove(this);
		}
	}

}
