package dev.lastseat.web.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.lastseat.booking.EventId;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The content of streams and its timing, in the virtual time of an event loop.
 */
class LoopStreamsTest {

	private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(30);

	private static final String OPENING = "retry: 2000\n\n";

	private static final String PING = ": ping\n\n";

	private static final EventId GALA = new EventId("gala");

	private static final EventId PLAY = new EventId("play");

	private static final Watched ONE = Watched.one(GALA);

	private static final Watched MANY = new Watched(List.of(PLAY, GALA), false, null);

	private final StallingClient stalling = new StallingClient();

	private final EmbeddedChannel channel = new EmbeddedChannel(this.stalling);

	private final List<TestPublisher<StatusFrame>> subscriptions = new ArrayList<>();

	private final LoopStreams streams = new LoopStreams(this.channel.eventLoop(), this::follow, WRITE_TIMEOUT);

	/** How the streams have ended, in order. */
	private final List<String> ends = new ArrayList<>();

	@BeforeEach
	void freeze() {
		this.channel.freezeTime();
	}

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
	}

	private Flux<StatusFrame> follow(Watched watched) {
		TestPublisher<StatusFrame> updates = TestPublisher.create();
		this.subscriptions.add(updates);
		return updates.flux();
	}

	private static StatusFrame frame(EventId event, long revision) {
		return frame(event, revision, false);
	}

	private static StatusFrame frame(EventId event, long revision, boolean closed) {
		String id = "id: " + revision + "\n";
		String text = id + event + (closed ? " closed" : " " + revision) + "\n\n";
		return new StatusFrame(event, revision, closed, text.getBytes(StandardCharsets.US_ASCII), id.length());
	}

	private Disposable open(Watched watched, long known, Mono<Void> headers) {
		return Mono.<Void>create((end) -> this.streams.open(this.channel, headers, watched, known, end))
			.subscribe(null, (error) -> this.ends.add(error.getMessage()), () -> this.ends.add("completed"));
	}

	private Disposable open(Watched watched) {
		return open(watched, -1, Mono.empty());
	}

	/** Emits the frames and completes. */
	private void emit(StatusFrame... frames) {
		this.subscriptions.get(0).emit(frames);
		this.channel.runPendingTasks();
	}

	private void next(StatusFrame... frames) {
		List.of(frames).forEach(this.subscriptions.get(0)::next);
		this.channel.runPendingTasks();
	}

	private void advance(Duration time) {
		this.channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
		this.channel.runPendingTasks();
	}

	private List<String> written() {
		return WrittenContents.read(this.channel);
	}

	@Test
	void sendsTheHeadersThenTheFirstStateThenEachChange() {
		open(ONE, -1, Mono.fromRunnable(() -> this.ends.add("headers after " + written())));
		next(frame(GALA, 1));
		next(frame(GALA, 2));

		assertThat(this.ends).containsExactly("headers after []");
		assertThat(written()).containsExactly(OPENING + "id: 1\ngala 1\n\n", "id: 2\ngala 2\n\n");
	}

	@Test
	void sendsTheLatestStateToALaterStream() {
		open(ONE);
		next(frame(GALA, 1), frame(GALA, 2));
		written();

		open(ONE);

		assertThat(written()).containsExactly(OPENING + "id: 2\ngala 2\n\n");
	}

	@Test
	void omitsExactlyTheStateThatTheClientHas() {
		open(ONE, 1, Mono.empty());
		open(ONE, 2, Mono.empty());
		next(frame(GALA, 1));
		assertThat(written()).containsExactly(OPENING + "id: 1\ngala 1\n\n", OPENING);

		open(ONE, 1, Mono.empty());
		next(frame(GALA, 2));

		assertThat(written()).containsExactly(OPENING, "id: 2\ngala 2\n\n", "id: 2\ngala 2\n\n", "id: 2\ngala 2\n\n");
	}

	@Test
	void sendsALowerRevision() {
		open(ONE);
		next(frame(GALA, 7));
		next(frame(GALA, 5));

		assertThat(written()).containsExactly(OPENING + "id: 7\ngala 7\n\n", "id: 5\ngala 5\n\n");
	}

	@Test
	void sendsTheFirstStatesOfSeveralEventsTogetherWithoutIds() {
		open(MANY);
		next(frame(GALA, 1));
		assertThat(written()).isEmpty();

		next(frame(PLAY, 4));
		next(frame(GALA, 2));

		assertThat(written()).containsExactly(OPENING + "play 4\n\ngala 1\n\n", "gala 2\n\n");
	}

	@Test
	void writesUpdatesThatArriveTogetherInOneWrite() {
		open(MANY);
		next(frame(PLAY, 1), frame(GALA, 1));
		written();

		next(frame(GALA, 2), frame(PLAY, 2), frame(GALA, 3));

		assertThat(written()).containsExactly("play 2\n\ngala 3\n\n");
	}

	@Test
	void keepsOnlyTheLatestStatesForAClientThatDoesNotRead() {
		open(MANY);
		this.stalling.stalled = true;
		next(frame(PLAY, 1), frame(GALA, 1));
		IntStream.range(2, 100).forEach((revision) -> next(frame(GALA, revision)));
		next(frame(PLAY, 2));
		advance(WRITE_TIMEOUT.minusNanos(1));
		assertThat(this.stalling.writes).hasSize(1);

		this.stalling.resume();

		assertThat(written()).containsExactly(OPENING + "play 1\n\ngala 1\n\n", "play 2\n\ngala 99\n\n");
		advance(WRITE_TIMEOUT);
		assertThat(this.channel.isOpen()).isTrue();
	}

	@Test
	void delaysNoOtherStreamForAClientThatDoesNotRead() {
		open(ONE);
		this.stalling.stalled = true;
		next(frame(GALA, 1));
		this.stalling.stalled = false;
		open(ONE, 1, Mono.empty());

		next(frame(GALA, 2));

		assertThat(written()).containsExactly(OPENING, "id: 2\ngala 2\n\n");
	}

	@Test
	void closesAConnectionWhoseClientDoesNotRead() {
		open(ONE);
		this.stalling.stalled = true;
		next(frame(GALA, 1));

		advance(WRITE_TIMEOUT.minusNanos(1));
		assertThat(this.channel.isOpen()).isTrue();
		advance(Duration.ofNanos(1));

		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void closesAConnectionWhoseWriteFails() {
		open(ONE);
		this.stalling.stalled = true;
		next(frame(GALA, 1));

		this.stalling.writes.get(0).setFailure(new IllegalStateException("cut"));

		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void sendsAPingEveryFifteenSeconds() {
		open(ONE);
		next(frame(GALA, 1));
		advance(Duration.ofMillis(3_500));
		open(ONE, 1, Mono.empty());
		written();

		advance(Duration.ofMillis(11_499));
		assertThat(written()).isEmpty();
		advance(Duration.ofMillis(1));
		assertThat(written()).containsExactly(PING);
		advance(Duration.ofSeconds(3));
		assertThat(written()).containsExactly(PING);
		advance(Duration.ofSeconds(11));
		assertThat(written()).isEmpty();
		advance(Duration.ofSeconds(1));
		assertThat(written()).containsExactly(PING);
	}

	@Test
	void endsTheTimeoutOfAStateThatFollowsAPingAtOnce() {
		TestPublisher<StatusFrame> updates = TestPublisher.create();
		StreamGroup group = new StreamGroup(ONE, this.channel.eventLoop(), (closed) -> {
		});
		group.follow(updates.flux());
		Mono.<Void>create((end) -> group.add(new OpenStream(this.channel, WRITE_TIMEOUT, -1, end, group, 0)))
			.subscribe();
		updates.next(frame(GALA, 1));
		this.channel.runPendingTasks();
		updates.next(frame(GALA, 2));
		this.stalling.stalled = true;
		this.stalling.exceptPings = true;

		group.ping(0);
		assertThat(written()).containsExactly(OPENING + "id: 1\ngala 1\n\n", PING);
		assertThat(this.stalling.writes).hasSize(1);
		this.stalling.resume();
		advance(WRITE_TIMEOUT);

		assertThat(written()).containsExactly("id: 2\ngala 2\n\n");
		assertThat(this.channel.isOpen()).isTrue();
	}

	@Test
	void sendsNoPingBeforeTheFirstState() {
		open(ONE);

		advance(Duration.ofHours(1));

		assertThat(written()).isEmpty();
	}

	@Test
	void endsWhenTheEventIsClosed() {
		open(ONE);
		next(frame(GALA, 1));
		emit(frame(GALA, 2, true));

		assertThat(written()).containsExactly(OPENING + "id: 1\ngala 1\n\n", "id: 2\ngala closed\n\n");
		assertThat(this.ends).containsExactly("completed");
	}

	@Test
	void asksToReconnectWhenTheProcessStops() {
		open(ONE);
		next(frame(GALA, 1));
		emit();

		assertThat(written()).hasSize(2).last().asString().matches("retry: [1-5]\\d{3}\n: the service ends\n\n");
		assertThat(this.ends).containsExactly("completed");
	}

	@Test
	void asksToReconnectWhenTheProcessStopsBeforeTheFirstState() {
		open(MANY);
		next(frame(GALA, 1));
		emit();

		assertThat(written()).singleElement()
			.asString()
			.matches(OPENING + "gala 1\n\nretry: [1-5]\\d{3}\n: the service ends\n\n");
	}

	@Test
	void asksToReconnectWhenNotAllEventsAreClosed() {
		open(MANY);
		next(frame(PLAY, 1), frame(GALA, 1));
		emit(frame(GALA, 2, true));

		assertThat(written()).last().asString().matches("gala closed\n\nretry: \\d{4}\n: the service ends\n\n");
	}

	@Test
	void spreadsTheReconnections() {
		IntStream.range(0, 100).forEach((number) -> open(ONE));
		emit();

		assertThat(written().stream().distinct()).hasSizeGreaterThan(50);
	}

	@Test
	void endsAStreamWhenItsClientHasReadTheRest() {
		open(ONE);
		this.stalling.stalled = true;
		next(frame(GALA, 1));
		emit(frame(GALA, 2, true));
		assertThat(this.ends).isEmpty();

		this.stalling.resume();

		assertThat(written()).containsExactly(OPENING + "id: 1\ngala 1\n\n", "id: 2\ngala closed\n\n");
		assertThat(this.ends).containsExactly("completed");
	}

	@Test
	void failsAllStreamsWhenTheUpdatesFail() {
		open(ONE);
		open(ONE);
		this.subscriptions.get(0).error(new IllegalStateException("away"));
		this.channel.runPendingTasks();

		assertThat(this.ends).containsExactly("away", "away");
	}

	@Test
	void failsAStreamWhoseHeadersCannotBeSent() {
		open(ONE, -1, Mono.error(new IllegalStateException("cut")));
		this.channel.runPendingTasks();

		assertThat(this.ends).containsExactly("cut");
		this.subscriptions.get(0).assertCancelled();
	}

	@Test
	void sharesTheSubscriptionUntilTheLastStreamEnds() {
		Disposable first = open(ONE);
		Disposable second = open(ONE);
		first.dispose();
		next(frame(GALA, 1));
		assertThat(written()).containsExactly(OPENING + "id: 1\ngala 1\n\n");
		this.subscriptions.get(0).assertNotCancelled();

		second.dispose();
		this.channel.runPendingTasks();
		this.subscriptions.get(0).assertCancelled();
		open(ONE);

		assertThat(this.subscriptions).hasSize(2);
	}

	@Test
	void leavesTheEventsWhenTheConnectionIsClosed() {
		open(ONE);
		next(frame(GALA, 1));

		this.channel.close();
		this.channel.runPendingTasks();

		assertThat(this.ends).containsExactly("completed");
		this.subscriptions.get(0).assertCancelled();
	}

	@Test
	void leavesTheEventsWhenTheConnectionWasClosedBefore() {
		this.channel.close();

		open(ONE);
		this.channel.runPendingTasks();

		assertThat(this.ends).containsExactly("completed");
		this.subscriptions.get(0).assertCancelled();
	}

	@Test
	void followsTheEventsAgainForAStreamAfterTheEnd() {
		open(ONE);
		this.stalling.stalled = true;
		next(frame(GALA, 1));
		emit();
		this.stalling.stalled = false;

		open(ONE);
		this.stalling.resume();
		this.subscriptions.get(1).next(frame(GALA, 2));
		this.channel.runPendingTasks();

		assertThat(written()).last().isEqualTo(OPENING + "id: 2\ngala 2\n\n");
		this.subscriptions.get(1).next(frame(GALA, 3));
		this.channel.runPendingTasks();
		assertThat(written()).containsExactly("id: 3\ngala 3\n\n");
		open(ONE);
		assertThat(this.subscriptions).hasSize(2);
	}

	@Test
	void servesOtherConnectionsBetweenSlices() {
		openAndAdvanceTo(1, 600);
		next(frame(GALA, 2));
		assertThat(written()).hasSize(256);

		advance(Duration.ofNanos(1));
		assertThat(written()).hasSize(256);
		advance(Duration.ofNanos(1));

		assertThat(written()).hasSize(88);
	}

	@Test
	void writesTheLatestStateToAllStreamsWhenItChangesDuringAPass() {
		openAndAdvanceTo(1, 600);
		next(frame(GALA, 2));
		next(frame(GALA, 3));
		IntStream.range(0, 6).forEach((slice) -> advance(Duration.ofNanos(1)));

		List<String> written = written();
		assertThat(written).filteredOn("id: 2\ngala 2\n\n"::equals).hasSize(256);
		assertThat(written).filteredOn("id: 3\ngala 3\n\n"::equals).hasSize(600);
	}

	@Test
	void skipsNoStreamWhenOthersEndDuringAPass() {
		List<Disposable> open = openAndAdvanceTo(1, 600);
		next(frame(GALA, 2));
		int before = written().size();
		open.subList(0, 100).forEach(Disposable::dispose);
		open.subList(300, 600).forEach(Disposable::dispose);
		IntStream.range(0, 3).forEach((slice) -> advance(Duration.ofNanos(1)));

		assertThat(before).isEqualTo(256);
		assertThat(written()).hasSize(200);
	}

	private List<Disposable> openAndAdvanceTo(long revision, int number) {
		List<Disposable> open = IntStream.range(0, number).mapToObj((stream) -> open(ONE)).toList();
		next(frame(GALA, revision));
		IntStream.range(0, number).forEach((slice) -> advance(Duration.ofNanos(1)));
		written();
		return open;
	}

}
