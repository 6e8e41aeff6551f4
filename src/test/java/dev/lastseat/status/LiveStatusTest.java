package dev.lastseat.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import dev.lastseat.CapturedLog;
import dev.lastseat.booking.ChangeHint;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.StorageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.boot.web.server.context.WebServerApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which updates subscribers get, and which reads they cause, in virtual time.
 */
class LiveStatusTest {

	private static final Duration GRACE_PERIOD = Duration.ofSeconds(5);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();

	private final StubFeed feed = new StubFeed();

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.status");

	private final ChangeNotifier notifier = new ChangeNotifier(this.feed);

	private final List<String> encoded = new ArrayList<>();

	private final LiveStatus<String> live = new LiveStatus<>(this.notifier, this::encode, StreamTiming.standard());

	private final EventId gala = this.feed.create("gala");

	@BeforeEach
	void start() {
		this.notifier.start();
	}

	@AfterEach
	void reset() {
		VirtualTimeScheduler.reset();
	}

	private String encode(StatusUpdate update) {
		String text = (update instanceof StatusUpdate.Current current)
				? update.event() + " " + current.status().ticketsSold() + held(current) : update.event() + " closed";
		this.encoded.add(text);
		return text;
	}

	private static String held(StatusUpdate.Current current) {
		int held = current.status().held();
		return (held > 0) ? " held " + held : "";
	}

	private Received subscribe(EventId event) {
		return subscribe(this.live.updates(event));
	}

	private Received subscribe(Flux<String> updates) {
		Received received = new Received();
		updates.subscribe(received);
		advance(0);
		return received;
	}

	/** Books a seat in this process. */
	private void book(EventId event) {
		this.feed.book(event);
		this.notifier.mayHaveChanged(event);
		advance(0);
	}

	private void emit(ChangeHint change) {
		this.feed.emit(change);
		advance(0);
	}

	private void advance(long millis) {
		this.time.advanceTimeBy(Duration.ofMillis(millis));
	}

	@Test
	void sendsTheCurrentStateAtOnceAndThenEachChange() {
		Received received = subscribe(this.gala);
		assertThat(received.updates).containsExactly("gala 0");

		advance(1_000);
		book(this.gala);

		assertThat(received.updates).containsExactly("gala 0", "gala 1");
	}

	@Test
	void sendsHoldsAndTheirExpiryInThisOrAnotherProcess() {
		Received received = subscribe(this.gala);
		this.feed.hold(this.gala, 3);
		emit(new ChangeHint.OfEvent(this.gala, 1));
		advance(1_000);
		this.feed.hold(this.gala, -1);
		this.notifier.mayHaveChanged(this.gala);
		advance(1_000);

		this.feed.hold(this.gala, -2);
		emit(new ChangeHint.OfEvent(this.gala, 3));

		assertThat(received.updates).containsExactly("gala 0", "gala 0 held 3", "gala 0 held 2", "gala 0");
	}

	@Test
	void conflatesBookingsAndExpiries() {
		Received received = subscribe(this.gala);
		this.feed.hold(this.gala, 50);
		for (int change = 0; change < 50; change++) {
			this.feed.hold(this.gala, -1);
			book(this.gala);
			advance(1);
		}
		advance(1_000);

		assertThat(received.updates).hasSizeLessThanOrEqualTo(4).endsWith("gala 50");
	}

	@Test
	void sendsTheStoredStateAgainAfterARollback() {
		Received received = subscribe(this.gala);
		Received receivedOfMany = subscribe(this.live.updates(inOrder(this.gala, this.feed.create("concert"))));
		advance(1_000);
		book(this.gala);
		advance(1_000);
		book(this.gala);
		advance(1_000);

		this.feed.rollBackTo(this.gala, 1);
		emit(new ChangeHint.OfAnyEvent());
		Received newcomer = subscribe(this.gala);
		advance(1_000);
		book(this.gala);

		assertThat(received.updates).containsExactly("gala 0", "gala 1", "gala 2", "gala 1", "gala 2");
		assertThat(receivedOfMany.updates).containsExactly("gala 0", "concert 0", "gala 1", "gala 2", "gala 1",
				"gala 2");
		assertThat(newcomer.updates).endsWith("gala 1", "gala 2");
	}

	@Test
	void sendsNothingAgainForAReadOfAnOlderRevision() {
		Received received = subscribe(this.gala);
		advance(1_000);
		this.feed.duringNextRead(() -> book(this.gala));

		emit(new ChangeHint.OfAnyEvent());
		advance(1_000);

		assertThat(received.updates).containsExactly("gala 0", "gala 1");
	}

	@Test
	void conflatesABurst() {
		Received received = subscribe(this.gala);
		advance(1_000);

		IntStream.range(0, 50).forEach((number) -> book(this.gala));
		advance(10_000);

		assertThat(received.updates).containsExactly("gala 0", "gala 1", "gala 50");
		assertThat(this.feed.reads).hasSize(3);
	}

	@Test
	void missesNoChangeOfThisProcessDuringTheFirstRead() {
		this.feed.duringNextRead(() -> book(this.gala));

		Received received = subscribe(this.gala);
		advance(1_000);

		assertThat(received.updates).containsExactly("gala 0", "gala 1");
	}

	@Test
	void missesNoChangeOfOtherProcessesDuringTheFirstRead() {
		this.feed.duringNextRead(() -> {
			this.feed.book(this.gala);
			emit(new ChangeHint.OfEvent(this.gala, 1));
		});

		Received received = subscribe(this.gala);
		advance(1_000);

		assertThat(received.updates).containsExactly("gala 0", "gala 1");
	}

	@Test
	void sendsNothingWhenNothingHasChanged() {
		Received received = subscribe(this.gala);
		advance(1_000);

		this.notifier.mayHaveChanged(this.gala);
		advance(1_000);

		assertThat(received.updates).containsExactly("gala 0");
		assertThat(this.feed.reads).hasSize(2);
	}

	@Test
	void doesNotReadAnEventWithoutSubscribers() {
		book(this.gala);
		advance(10_000);

		assertThat(this.feed.reads).isEmpty();
		assertThat(this.feed.subscriptions).hasValue(0);
	}

	@Test
	void readsAndEncodesOnceForAllSubscribers() {
		List<Received> all = IntStream.range(0, 100).mapToObj((number) -> subscribe(this.gala)).toList();
		advance(1_000);

		book(this.gala);

		assertThat(all).allSatisfy((received) -> assertThat(received.updates).containsExactly("gala 0", "gala 1"));
		assertThat(this.encoded).containsExactly("gala 0", "gala 1");
		assertThat(this.feed.reads).hasSize(2);
		assertThat(this.feed.subscriptions).hasValue(1);
	}

	@Test
	void sendsTheLatestStateToALaterSubscriberWithoutARead() {
		subscribe(this.gala);
		advance(1_000);
		book(this.gala);

		Received late = subscribe(this.gala);

		assertThat(late.updates).containsExactly("gala 1");
		assertThat(this.feed.reads).hasSize(2);
	}

	@Test
	void closesTheStreamOfAnUnknownEvent() {
		Received received = subscribe(new EventId("nope"));

		assertThat(received.updates).containsExactly("nope closed");
		assertThat(received.completed).isTrue();
		advance(GRACE_PERIOD.toMillis());
		assertThat(this.live.openUpstreams()).isZero();
	}

	@Test
	void closesTheStreamWhenTheEventIsDeleted() {
		Received received = subscribe(this.gala);
		advance(1_000);

		this.feed.delete(this.gala);
		this.notifier.mayHaveChanged(this.gala);
		advance(0);

		assertThat(received.updates).containsExactly("gala 0", "gala closed");
		assertThat(received.completed).isTrue();
	}

	@Test
	void sendsChangesOfOtherProcessesWhenTheFeedNamesTheEvent() {
		Received received = subscribe(this.gala);
		advance(1_000);

		this.feed.book(this.gala);
		emit(new ChangeHint.OfEvent(this.gala, 1));

		assertThat(received.updates).containsExactly("gala 0", "gala 1");
	}

	@Test
	void doesNotReadWhenTheFeedNamesARevisionThatWasRead() {
		subscribe(this.gala);
		advance(1_000);
		book(this.gala);
		advance(1_000);

		emit(new ChangeHint.OfEvent(this.gala, 1));
		advance(1_000);

		assertThat(this.feed.reads).hasSize(2);
	}

	@Test
	void findsChangedAndDeletedEventsWhenTheFeedNamesNoEvent() {
		EventId concert = this.feed.create("concert");
		EventId lecture = this.feed.create("lecture");
		this.feed.create("unsubscribed");
		List<Received> received = List.of(subscribe(this.gala), subscribe(concert), subscribe(lecture));
		advance(1_000);
		this.feed.reads.clear();

		this.feed.book(this.gala);
		this.feed.delete(concert);
		emit(new ChangeHint.OfAnyEvent());

		assertThat(received.get(0).updates).containsExactly("gala 0", "gala 1");
		assertThat(received.get(1).updates).containsExactly("concert 0", "concert closed");
		assertThat(received.get(2).updates).containsExactly("lecture 0");
		assertThat(this.feed.reads).hasSize(3);
		assertThat(this.feed.reads.get(0)).containsExactlyInAnyOrder(this.gala, concert, lecture);
		assertThat(this.feed.reads.subList(1, 3)).containsExactlyInAnyOrder(List.of(this.gala), List.of(concert));
	}

	@Test
	void readsAThousandEventsInAQuery() {
		IntStream.range(0, 2_500).forEach((number) -> subscribe(this.feed.create("event-" + number)));
		advance(1_000);
		this.feed.reads.clear();

		emit(new ChangeHint.OfAnyEvent());

		assertThat(this.feed.reads).extracting(List::size).containsExactly(1_000, 1_000, 500);
	}

	@Test
	void continuesWhenTheFeedFails() {
		Received received = subscribe(this.gala);
		advance(1_000);

		this.feed.fail();
		assertThat(this.log.lines()).singleElement()
			.asString()
			.startsWith(
					"WARN The change feed failed, following it again: java.lang.IllegalStateException: feed failed");
		advance(1_000);
		this.feed.book(this.gala);
		emit(new ChangeHint.OfAnyEvent());

		assertThat(received.updates).containsExactly("gala 0", "gala 1");
		assertThat(this.feed.subscriptions).hasValue(2);
	}

	@Test
	void failsWhenTheFirstReadFails() {
		this.feed.becomeUnavailable();

		Received received = subscribe(this.gala);

		assertThat(received.error).isInstanceOf(StorageException.Unavailable.class);
		assertThat(this.live.openUpstreams()).isZero();
		this.feed.recover();
		assertThat(subscribe(this.gala).updates).containsExactly("gala 0");
	}

	@Test
	void continuesWithTheStateAfterAnOutage() {
		Received received = subscribe(this.gala);
		advance(1_000);

		this.feed.becomeUnavailable();
		book(this.gala);
		book(this.gala);
		emit(new ChangeHint.OfAnyEvent());
		advance(60_000);
		assertThat(received.updates).containsExactly("gala 0");
		this.feed.recover();
		advance(10_000);

		assertThat(received.updates).containsExactly("gala 0", "gala 2");
		assertThat(received.error).isNull();
	}

	@Test
	void keepsTheUpstreamOpenForTheGracePeriod() {
		subscribe(this.gala).cancel();
		advance(GRACE_PERIOD.toMillis() - 1);
		book(this.gala);

		Received received = subscribe(this.gala);

		assertThat(received.updates).containsExactly("gala 1");
		assertThat(this.feed.subscriptions).hasValue(1);
	}

	@Test
	void closesTheUpstreamAfterTheGracePeriod() {
		Received first = subscribe(this.gala);
		subscribe(this.gala).cancel();
		advance(GRACE_PERIOD.toMillis());
		assertThat(this.live.openUpstreams()).isOne();

		first.cancel();
		advance(GRACE_PERIOD.toMillis());

		assertThat(this.live.openUpstreams()).isZero();
		assertThat(this.notifier.subscribedEvents()).isEmpty();
		assertThat(this.feed.subscribers).hasValue(0);
		this.feed.book(this.gala);
		assertThat(subscribe(this.gala).updates).containsExactly("gala 1");
	}

	@Test
	void sendsTheLatestStateToASlowSubscriberAndDelaysNoOther() {
		Received slow = new Received(0);
		this.live.updates(this.gala).subscribe(slow);
		Received fast = subscribe(this.gala);
		for (int i = 0; i < 5; i++) {
			advance(1_000);
			book(this.gala);
		}

		slow.request(10);

		assertThat(slow.updates).containsExactly("gala 5");
		assertThat(fast.updates).hasSize(6);
	}

	@Test
	void tellsASlowSubscriberThatTheEventIsClosed() {
		Received slow = new Received(0);
		this.live.updates(this.gala).subscribe(slow);
		advance(1_000);
		this.feed.delete(this.gala);
		this.notifier.mayHaveChanged(this.gala);
		advance(1_000);

		slow.request(1);

		assertThat(slow.updates).containsExactly("gala closed");
		assertThat(slow.completed).isTrue();
	}

	@Test
	void readsOnceForTheCurrentStateAndALaterSubscription() {
		Received first = subscribe(this.live.current(this.gala).flux());
		advance(1_000);

		Received received = subscribe(this.gala);

		assertThat(first.updates).containsExactly("gala 0");
		assertThat(first.completed).isTrue();
		assertThat(received.updates).containsExactly("gala 0");
		assertThat(this.feed.reads).hasSize(1);
	}

	@Test
	void sendsTheCurrentStateOfEachOfManyEventsAndThenAllChanges() {
		EventId concert = this.feed.create("concert");
		EventId lecture = this.feed.create("lecture");
		Received received = subscribe(this.live.updates(inOrder(lecture, this.gala, concert, new EventId("nope"))));
		assertThat(received.updates).containsExactly("lecture 0", "gala 0", "concert 0", "nope closed");
		advance(1_000);

		book(concert);
		book(this.gala);
		this.feed.delete(lecture);
		emit(new ChangeHint.OfAnyEvent());

		assertThat(received.updates.subList(4, 7)).containsExactly("concert 1", "gala 1", "lecture closed");
		assertThat(received.completed).isFalse();
	}

	@Test
	void completesWhenAllOfManyEventsAreClosed() {
		Received received = subscribe(this.live.updates(inOrder(this.gala, new EventId("nope"))));
		advance(1_000);

		this.feed.delete(this.gala);
		emit(new ChangeHint.OfAnyEvent());

		assertThat(received.updates).containsExactly("gala 0", "nope closed", "gala closed");
		assertThat(received.completed).isTrue();
	}

	@Test
	void completesAtOnceForNoEvents() {
		assertThat(subscribe(this.live.updates(Set.of())).completed).isTrue();
	}

	@Test
	void keepsAtMostTwoStatesOfEachEventForASlowSubscriberOfMany() {
		EventId concert = this.feed.create("concert");
		Received slow = new Received(2);
		this.live.updates(inOrder(this.gala, concert)).subscribe(slow);
		advance(1_000);
		for (int i = 0; i < 5; i++) {
			book(this.gala);
			book(concert);
			advance(1_000);
		}

		slow.request(Long.MAX_VALUE);

		assertThat(slow.updates).containsExactly("gala 0", "concert 0", "gala 1", "concert 1", "gala 5", "concert 5");
	}

	@Test
	void completesAllStreamsWhenTheProcessStops() {
		Received one = subscribe(this.gala);
		Received many = subscribe(this.live.updates(inOrder(this.gala, this.feed.create("concert"))));
		this.feed.becomeUnavailable();
		book(this.gala);

		this.notifier.stop();

		assertThat(one.completed).isTrue();
		assertThat(many.completed).isTrue();
		assertThat(one.updates).containsExactly("gala 0");
		assertThat(this.live.openUpstreams()).isZero();
		assertThat(this.feed.subscribers).hasValue(0);
		assertThat(subscribe(this.gala).completed).isTrue();
	}

	@Test
	void stopsBeforeTheWebServerWaitsForActiveRequests() {
		assertThat(this.notifier.getPhase()).isGreaterThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
	}

	@Test
	void worksAgainAfterARestart() {
		this.notifier.stop();
		this.notifier.start();

		assertThat(subscribe(this.gala).updates).containsExactly("gala 0");
	}

	private static Set<EventId> inOrder(EventId... events) {
		return new LinkedHashSet<>(List.of(events));
	}

	/** Records the updates of one subscriber. */
	private static final class Received extends BaseSubscriber<String> {

		final List<String> updates = new ArrayList<>();

		private final long demand;

		Throwable error;

		boolean completed;

		Received() {
			this(Long.MAX_VALUE);
		}

		Received(long demand) {
			this.demand = demand;
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			if (this.demand > 0) {
				subscription.request(this.demand);
			}
		}

		@Override
		protected void hookOnNext(String update) {
			this.updates.add(update);
		}

		@Override
		protected void hookOnError(Throwable error) {
			this.error = error;
		}

		@Override
		protected void hookOnComplete() {
			this.completed = true;
		}

	}

}
