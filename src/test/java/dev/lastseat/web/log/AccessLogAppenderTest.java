package dev.lastseat.web.log;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.read.ListAppender;
import dev.lastseat.TestRun;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;

class AccessLogAppenderTest {

	private final LoggerContext context = new LoggerContext();

	private final Logger access = this.context.getLogger(AccessLog.NAME);

	private final List<String> written = new CopyOnWriteArrayList<>();

	private final CountDownLatch open = new CountDownLatch(1);

	private volatile boolean stalled;

	@BeforeEach
	void listen() {
		this.context.setMDCAdapter(MDC.getMDCAdapter());
		AppenderBase<ILoggingEvent> console = new AppenderBase<>() {

			@Override
			protected void append(ILoggingEvent line) {
				if (AccessLogAppenderTest.this.stalled) {
					await();
				}
				AccessLogAppenderTest.this.written.add(line.getFormattedMessage());
			}

		};
		console.setContext(this.context);
		console.start();
		this.context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(console);
	}

	@AfterEach
	void stop() {
		this.open.countDown();
		this.context.stop();
	}

	private void await() {
		try {
			this.open.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void writesTheLinesInTheirOrder() {
		AccessLogAppender.install(this.context);

		IntStream.range(0, 1000).forEach((number) -> this.access.info("line {}", number));

		awaitLines(1000);
		assertThat(this.written)
			.containsExactlyElementsOf(IntStream.range(0, 1000).mapToObj((number) -> "line " + number).toList());
	}

	@Test
	void dropsLinesInsteadOfWaitingAndReportsTheirNumber() {
		AccessLogAppender.install(this.context);
		this.stalled = true;

		// Would wait forever if the appender waited.
		IntStream.range(0, AccessLogAppender.LIMIT + 100).forEach((number) -> this.access.info("line {}", number));

		this.stalled = false;
		this.open.countDown();
		awaitLines(AccessLogAppender.LIMIT + 1);
		assertThat(this.written.get(AccessLogAppender.LIMIT)).startsWith("100 lines of the access log were dropped");
	}

	@Test
	void writesManyLinesAtOnce() {
		SlowStream stream = new SlowStream();
		PatternLayoutEncoder encoder = new PatternLayoutEncoder();
		encoder.setContext(this.context);
		encoder.setPattern("%msg%n");
		encoder.start();
		ConsoleAppender<ILoggingEvent> terminal = new ConsoleAppender<>();
		terminal.setContext(this.context);
		terminal.setEncoder(encoder);
		terminal.start();
		terminal.setOutputStream(stream);
		this.context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(terminal);
		AccessLogAppender.install(this.context);

		// The first lines are being written while the others arrive.
		this.access.info("line 0");
		Awaitility.await().untilAsserted(() -> assertThat(stream.writes).hasPositiveValue());
		IntStream.range(1, 100).forEach((number) -> this.access.info("line {}", number));
		this.open.countDown();

		String lines = IntStream.range(0, 100)
			.mapToObj((number) -> "line " + number + "\n")
			.collect(Collectors.joining());
		Awaitility.await().untilAsserted(() -> assertThat(stream.content).asString().isEqualTo(lines));
		assertThat(stream.writes).hasValue(2);
		this.context.getLogger("another").info("seen at once");
		assertThat(stream.content.toString()).endsWith("seen at once\n");
	}

	@Test
	void writesTheRemainingLinesBeforeTheLogStops() {
		AccessLogAppender.install(this.context);
		this.access.info("last words");

		AccessLogAppender.flush(this.context, TestRun.TIMEOUT);

		assertThat(this.written).containsExactly("last words");
	}

	@Test
	void doesNotChangeALoggerThatHasAnAppender() {
		ListAppender<ILoggingEvent> file = new ListAppender<>();
		file.start();
		this.access.addAppender(file);

		AccessLogAppender.install(this.context);
		this.access.info("line");

		assertThat(file.list).hasSize(1);
		assertThat(this.access.iteratorForAppenders()).toIterable().containsExactly(file);
		assertThat(this.written).containsExactly("line");
	}

	@Test
	void isInstalledOnce() {
		AccessLogAppender.install(this.context);
		AccessLogAppender.install(this.context);
		this.access.info("line");

		awaitLines(1);
		assertThat(this.access.iteratorForAppenders()).toIterable().hasSize(1);
	}

	/** Stays in its first write until the test opens it. */
	private final class SlowStream extends OutputStream {

		private final AtomicInteger writes = new AtomicInteger();

		private final StringBuffer content = new StringBuffer();

		@Override
		public void write(int character) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void write(byte[] lines, int offset, int length) {
			this.writes.incrementAndGet();
			AccessLogAppenderTest.this.await();
			this.content.append(new String(lines, offset, length, StandardCharsets.UTF_8));
		}

	}

	private void awaitLines(int number) {
		Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(this.written).hasSize(number));
	}

}
