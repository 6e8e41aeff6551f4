package dev.lastseat.web.log;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a line of the access log by changing the request id in the last line, if
 * nothing else differs. When an event is sold out, many lines of a millisecond are equal
 * except for their ids, and the pattern is slow. All other lines are encoded by the
 * encoder of the appender.
 */
final class AccessLineEncoder extends EncoderBase<ILoggingEvent> {

	/**
	 * The conversion words of Spring Boot's patterns, and their synonyms. Their texts are
	 * equal when the time in milliseconds, the thread, the level, the logger, the message
	 * and the MDC are equal.
	 */
	private static final Set<String> WORDS = Set.of("d", "date", "clr", "p", "le", "level", "esb", "t", "thread",
			"replace", "X", "mdc", "c", "lo", "logger", "m", "msg", "message", "n", "ex", "wex", "wEx");

	private static final Pattern WORD = Pattern.compile("%[-.\\d]*([A-Za-z]+)");

	/** A part of a millisecond in a date. */
	private static final String FRACTION = "SSSS";

	private final Encoder<ILoggingEvent> encoder;

	private volatile @Nullable Line last;

	private AccessLineEncoder(Encoder<ILoggingEvent> encoder) {
		this.encoder = encoder;
		setContext(encoder.getContext());
		start();
	}

	/**
	 * @return the same encoder if it does not have a pattern whose lines can be repeated
	 */
	static Encoder<ILoggingEvent> of(Encoder<ILoggingEvent> encoder) {
		return (encoder instanceof PatternLayoutEncoder patterned && isRepeatable(patterned.getPattern()))
				? new AccessLineEncoder(encoder) : encoder;
	}

	private static boolean isRepeatable(String pattern) {
		return WORD.matcher(pattern).results().map((word) -> word.group(1)).allMatch(WORDS::contains)
				&& !pattern.contains(FRACTION) && pattern.split(RequestIds.LOG_KEY, -1).length == 2;
	}

	@Override
	public byte[] encode(ILoggingEvent event) {
		String id = idOfAccess(event);
		if (id == null) {
			return this.encoder.encode(event);
		}
		Line before = this.last;
		if (before != null && before.differsInIdOnly(event, id)) {
			return before.withId(id);
		}
		byte[] line = this.encoder.encode(event);
		this.last = Line.of(event, id, line);
		return line;
	}

	/**
	 * @return the request id; null if the line is not one of the access log, or has more
	 * in its MDC
	 */
	private static @Nullable String idOfAccess(ILoggingEvent event) {
		return (event.getLoggerName().equals(AccessLog.NAME) && event.getMDCPropertyMap().size() == 1)
				? event.getMDCPropertyMap().get(RequestIds.LOG_KEY) : null;
	}

	@Override
	public byte[] headerBytes() {
		return this.encoder.headerBytes();
	}

	@Override
	public byte[] footerBytes() {
		return this.encoder.footerBytes();
	}

	/**
	 * An encoded line.
	 *
	 * @param time in milliseconds
	 * @param position of the request id
	 * @param length of the request id, whose characters take a byte each
	 */
	private record Line(long time, String thread, String message, byte[] bytes, int position, int length) {

		/**
		 * @return null if the line does not contain the id exactly once
		 */
		static @Nullable Line of(ILoggingEvent event, String id, byte[] bytes) {
			String text = new String(bytes, StandardCharsets.ISO_8859_1);
			int position = text.indexOf(id);
			return (position >= 0 && position == text.lastIndexOf(id)) ? new Line(event.getTimeStamp(),
					event.getThreadName(), event.getFormattedMessage(), bytes, position, id.length()) : null;
		}

		boolean differsInIdOnly(ILoggingEvent event, String id) {
			return id.length() == this.length && event.getFormattedMessage().equals(this.message)
					&& event.getThreadName().equals(this.thread) && event.getTimeStamp() == this.time;
		}

		byte[] withId(String id) {
			byte[] line = this.bytes.clone();
			System.arraycopy(id.getBytes(StandardCharsets.ISO_8859_1), 0, line, this.position, this.length);
			return line;
		}

	}

}
