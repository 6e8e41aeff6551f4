package dev.lastseat.web.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.JournalEntry;
import dev.lastseat.booking.UserId;
import dev.lastseat.status.JournalUpdate;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The content of the stream of a journal, and what it requests, in the virtual time of an
 * event loop.
 */
class JournalStreamTest {

	private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(30);

	private static final String OPENING = "retry: 2000\n\n";

	private static final String PING = ": ping\n\n";

	private final StallingClient stalling = new StallingClient();

	private final EmbeddedChannel channel = new EmbeddedChannel(this.stalling);

	private final LoopStreams streams = new LoopStreams(this.channel.eventLoop(), (watched) -> Flux.never(),
			WRITE_TIMEOUT);

	private final TestPublisher<JournalFrame> frames = TestPublisher.create();

	private long requested;

	private final List<String> ends = new ArrayList<>();

	@BeforeEach
	void freeze() {
		this.channel.freezeTime();
	}

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
	}

	private Disposable open() {
		Flux<JournalFrame> counted = this.frames.flux().doOnRequest((number) -> this.requested += number);
		Disposable stream = Mono
			.<Void>create((end) -> this.streams.openJournal(this.channel, Mono.empty(), counted, end))
			.subscribe(null, (error) -> this.ends.add(error.getMessage()), () -> this.ends.add("completed"));
		run();
		return stream;
	}

	private void run() {
		this.channel.runPendingTasks();
	}

	private void next(String text) {
		next(text, false);
	}

	private void next(String text, boolean last) {
		this.frames.next(new JournalFrame(text.getBytes(StandardCharsets.US_ASCII), last));
		run();
	}

	private void advance(Duration time) {
		this.channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
		run();
	}

	private List<String> written() {
		return WrittenContents.read(this.channel);
	}

	@Test
	void encodesEntriesWithTheirPositionsAsIds() {
		EventId event = new EventId("gala");
		Instant at = Instant.parse("2026-06-01T12:00:00Z");
		JournalUpdate update = new JournalUpdate(
				List.of(new JournalEntry(7, at, JournalEntry.Op.HOLD_RELEASED, new UserId("ada")),
						new JournalEntry(8, at, JournalEntry.Op.CANCELLED, null)),
				true);

		JournalFrame frame = JournalFrame.of(event, update, new JsonMapper());

		assertThat(frame.last()).isTrue();
		assertThat(new String(frame.bytes(), StandardCharsets.UTF_8)).isEqualTo("""
				id: 7
				event: entry
				data: {"seq":7,"at":"2026-06-01T12:00:00Z","op":"hold-released","userId":"ada"}

				id: 8
				event: entry
				data: {"seq":8,"at":"2026-06-01T12:00:00Z","op":"cancelled","userId":null}

				event: closed
				data: {"eventId":"gala"}

				""");
	}

	@Test
	void opensAtOnceAndSendsEachFrame() {
		open();
		assertThat(written()).containsExactly(OPENING);

		next("one");
		next("two");

		assertThat(written()).containsExactly("one", "two");
	}

	@Test
	void requestsAFrameWhenTheClientHasReadTheOneBefore() {
		this.stalling.stalled = true;
		open();
		assertThat(this.requested).isZero();
		this.stalling.resume();
		run();
		assertThat(this.requested).isOne();

		this.stalling.stalled = true;
		next("one");
		advance(WRITE_TIMEOUT.minusNanos(1));
		assertThat(this.requested).isOne();
		this.stalling.resume();
		run();

		assertThat(this.requested).isEqualTo(2);
		assertThat(written()).containsExactly(OPENING, "one");
	}

	@Test
	void requestsNothingMoreWhileNothingArrives() {
		open();
		advance(Duration.ofMinutes(1));

		assertThat(this.requested).isOne();
		assertThat(written()).containsExactly(OPENING, PING, PING, PING, PING);
	}

	@Test
	void closesAConnectionWhoseClientDoesNotRead() {
		open();
		this.stalling.stalled = true;
		next("one");
		assertThat(this.channel.isOpen()).isTrue();

		advance(WRITE_TIMEOUT);

		assertThat(this.channel.isOpen()).isFalse();
		assertThat(this.ends).containsExactly("completed");
		this.frames.assertCancelled();
	}

	@Test
	void endsAfterTheLastFrame() {
		open();
		next("closed", true);
		this.frames.complete();
		run();

		assertThat(written()).containsExactly(OPENING, "closed", "");
		assertThat(this.ends).containsExactly("completed");
	}

	@Test
	void sendsTheLastFrameToASlowClientBeforeItEnds() {
		open();
		this.stalling.stalled = true;
		next("one");
		this.frames.complete();
		run();
		assertThat(this.ends).isEmpty();

		this.stalling.resume();
		run();

		assertThat(written()).hasSize(3).startsWith(OPENING, "one");
		assertThat(this.ends).containsExactly("completed");
	}

	@Test
	void asksToReconnectWhenTheProcessStops() {
		open();
		next("one");
		this.frames.complete();
		run();

		assertThat(written()).hasSize(3).last().asString().matches("retry: [1-5]\\d{3}\n: the service ends\n\n");
		assertThat(this.ends).containsExactly("completed");
	}

	@Test
	void failsWhenTheJournalFails() {
		open();
		this.frames.error(new IllegalStateException("broken"));
		run();

		assertThat(this.ends).containsExactly("broken");
	}

	@Test
	void leavesTheJournalWhenTheConnectionIsClosed() {
		open();

		this.channel.close();
		run();

		assertThat(this.ends).containsExactly("completed");
		this.frames.assertCancelled();
	}

	@Test
	void leavesTheJournalWhenTheConnectionWasClosedBefore() {
		this.channel.close();

		open();

		assertThat(this.ends).containsExactly("completed");
		this.frames.assertCancelled();
	}

	@Test
	void writesNothingAfterItIsCancelled() {
		Disposable stream = open();
		written();

		stream.dispose();
		next("one");
		advance(Duration.ofMinutes(1));

		assertThat(written()).isEmpty();
		this.frames.assertCancelled();
	}

}
