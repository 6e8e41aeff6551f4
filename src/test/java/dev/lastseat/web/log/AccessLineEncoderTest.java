package dev.lastseat.web.log;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AccessLineEncoderTest {

	private static final String PATTERN = "%d{HH:mm:ss.SSS} %5p [%t] "
			+ "%replace([%X{requestId} %X{traceId}] ){'^\\[ \\] $| (?=\\])', ''}%-30.30logger : %m%n";

	private static final String REFUSAL = "POST /events 409 sold-out";

	private final LoggerContext context = new LoggerContext();

	/** Lines that the pattern has encoded. */
	private final AtomicInteger patterned = new AtomicInteger();

	private final Encoder<ILoggingEvent> plain = pattern(PATTERN);

	private final Encoder<ILoggingEvent> encoder = AccessLineEncoder.of(pattern(PATTERN));

	private PatternLayoutEncoder pattern(String pattern) {
		PatternLayoutEncoder encoder = new PatternLayoutEncoder() {

			@Override
			public byte[] encode(ILoggingEvent event) {
				AccessLineEncoderTest.this.patterned.incrementAndGet();
				return super.encode(event);
			}

		};
		encoder.setContext(this.context);
		encoder.setPattern(pattern);
		encoder.start();
		return encoder;
	}

	private static ILoggingEvent line(String logger, long time, String thread, Map<String, String> mdc,
			String message) {
		LoggingEvent event = new LoggingEvent();
		event.setLoggerName(logger);
		event.setLevel(Level.INFO);
		event.setTimeStamp(time);
		event.setThreadName(thread);
		event.setMDCPropertyMap(mdc);
		event.setMessage(message);
		return event;
	}

	private static ILoggingEvent refusal(String id) {
		return line(AccessLog.NAME, 1, "loop-1", Map.of(RequestIds.LOG_KEY, id), REFUSAL);
	}

	@Test
	void encodesEveryLineAsThePatternDoes() {
		Map<String, String> id = Map.of(RequestIds.LOG_KEY, "id-5");
		List<ILoggingEvent> lines = List.of(refusal("id-1"), refusal("id-2"), refusal("longer-id"), refusal("POST"),
				refusal("id-3"), line(AccessLog.NAME, 2, "loop-1", id, REFUSAL),
				line(AccessLog.NAME, 2, "loop-2", id, REFUSAL), line(AccessLog.NAME, 2, "loop-2", id, "GET / 404"),
				line(AccessLog.NAME, 2, "loop-2", Map.of(), "GET / 404"),
				line(AccessLog.NAME, 2, "loop-2", Map.of(RequestIds.LOG_KEY, "id-6", "traceId", "t"), "GET / 404"),
				line("another", 2, "loop-2", Map.of(RequestIds.LOG_KEY, "id-7"), "GET / 404"));

		for (ILoggingEvent line : lines) {
			assertThat(text(this.encoder, line)).isEqualTo(text(this.plain, line));
		}
	}

	private static String text(Encoder<ILoggingEvent> encoder, ILoggingEvent line) {
		return new String(encoder.encode(line), StandardCharsets.UTF_8);
	}

	@Test
	void encodesLinesThatDifferInTheirIdsOnce() {
		String first = text(this.encoder, refusal("id-1"));
		String second = text(this.encoder, refusal("id-2"));

		assertThat(this.patterned).hasValue(1);
		assertThat(second).isEqualTo(first.replace("id-1", "id-2")).contains("id-2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "%X{requestId} %sn %m%n", "%d{HH:mm:ss.SSSSSS} %X{requestId} %m%n",
			"%X{requestId} %X{requestId} %m%n", "%m%n" })
	void doesNotRepeatLinesOfOtherPatterns(String pattern) {
		PatternLayoutEncoder other = pattern(pattern);

		assertThat(AccessLineEncoder.of(other)).isSameAs(other);
	}

}
