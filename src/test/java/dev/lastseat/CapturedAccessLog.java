package dev.lastseat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.slf4j.LoggerFactory;

/**
 * Captures the access log of the service under test.
 */
public final class CapturedAccessLog implements AutoCloseable {

	private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("dev.lastseat.access");

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	public CapturedAccessLog() {
		this.lines.list = new CopyOnWriteArrayList<>();
		this.lines.start();
		LOGGER.addAppender(this.lines);
		// The default of the service. logback-test.xml turns this log off for other
		// tests.
		LOGGER.setLevel(Level.INFO);
	}

	/**
	 * @return the lines that belong to the request
	 */
	public List<String> linesOf(String requestId) {
		return this.lines.list.stream()
			.filter((line) -> requestId.equals(line.getMDCPropertyMap().get("requestId")))
			.filter((line) -> line.getLevel() == Level.INFO)
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

	@Override
	public void close() {
		LOGGER.detachAppender(this.lines);
		LOGGER.setLevel(null);
	}

}
