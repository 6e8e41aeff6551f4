package dev.lastseat.web.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The content of a stream and its timing.
 */
class StatusStreamTest {

	private static final Duration ALMOST = Duration.ofSeconds(15).minusNanos(1);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final StatusStream streams = new StatusStream(this.time);

	private final TestPublisher<StatusFrame> updates = TestPublisher.create();

	private static StatusFrame frame(long revision, boolean closed) {
		String text = "id: " + revision + "\nrest\n\n";
		return new StatusFrame(revision, closed, text.getBytes(StandardCharsets.US_ASCII), text.indexOf('r'));
	}

	private static String text(ByteBuffer bytes) {
		return StandardCharsets.US_ASCII.decode(bytes).toString();
	}

	private Flux<String> stream(int events) {
		return this.streams.of(this.updates.flux(), events, StatusFrame::withId).map(StatusStreamTest::text);
	}

	@Test
	void sendsAPingEveryFifteenSeconds() {
		stream(1).as(StepVerifier::create)
			.expectNext("retry: 2000\n\n")
			.then(() -> this.time.advanceTimeBy(ALMOST))
			.then(() -> this.updates.next(frame(1, false)))
			.expectNext("id: 1\nrest\n\n")
			.then(() -> this.time.advanceTimeBy(Duration.ofNanos(1)))
			.expectNext(": ping\n\n")
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(15)))
			.expectNext(": ping\n\n")
			.thenCancel()
			.verify();
		this.updates.assertCancelled();
	}

	@Test
	void doesNotBufferPingsForASlowSubscriber() {
		StepVerifier.create(stream(1), 1)
			.expectNext("retry: 2000\n\n")
			.then(() -> this.time.advanceTimeBy(Duration.ofHours(1)))
			.thenRequest(3)
			.expectNext(": ping\n\n")
			.then(() -> this.updates.next(frame(1, false)))
			.thenConsumeWhile(": ping\n\n"::equals)
			.expectNext("id: 1\nrest\n\n")
			.thenCancel()
			.verify();
	}

	@Test
	void endsWhenTheEventIsClosed() {
		stream(1).as(StepVerifier::create)
			.expectNext("retry: 2000\n\n")
			.then(() -> this.updates.next(frame(1, true)).complete())
			.expectNext("id: 1\nrest\n\n")
			.verifyComplete();
	}

	@Test
	void asksToReconnectWhenTheProcessShutsDown() {
		stream(1).as(StepVerifier::create)
			.expectNext("retry: 2000\n\n")
			.then(() -> this.updates.next(frame(1, false)).complete())
			.expectNext("id: 1\nrest\n\n")
			.assertNext((farewell) -> assertThat(farewell).matches("retry: [1-5]\\d{3}\n: the service ends\n\n"))
			.verifyComplete();
	}

	@Test
	void asksToReconnectWhenNotAllEventsAreClosed() {
		stream(2).as(StepVerifier::create)
			.expectNext("retry: 2000\n\n")
			.then(() -> this.updates.next(frame(1, true)).complete())
			.expectNext("id: 1\nrest\n\n")
			.expectNextMatches((farewell) -> farewell.startsWith("retry: "))
			.verifyComplete();
	}

	@Test
	void spreadsTheReconnections() {
		assertThat(Flux.range(0, 100)
			.flatMap((number) -> this.streams.of(Flux.empty(), 1, StatusFrame::withId).map(StatusStreamTest::text))
			.filter((piece) -> piece.contains("ends"))
			.distinct()
			.count()
			.block()).isGreaterThan(50);
	}

	@Test
	void omitsTheIdOfFramesOfSeveralEvents() {
		assertThat(text(frame(12, false).withoutId())).isEqualTo("rest\n\n");
	}

}
