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
 * What those who watch are told, and what it costs, in virtual time.
 */
class LiveStatusTest {

	private static final Duration LET_GO_AFTER = Duration.ofSeconds(5);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();

	private final StubFeed feed = new StubFeed();

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.status");

	private final ChangeNotifier signals = new ChangeNotifier(this.feed);

	private final List<String> encoded = new ArrayList<>();

	private final LiveStatus<String> live = new LiveStatus<>(this.signals, this::encode, Pace.standard());

	private final EventId gala = this.feed.create("gala");

	@BeforeEach
	void start() {
		this.signals.start();
	}

	@AfterEach
	void reset() {
		VirtualTimeScheduler.reset();
	}

	private String encode(StatusUpdate update) {
		String text = (update instanceof StatusUpdate.Current present)
				? update.event() + " " + present.status().ticketsSold() : update.event() + " closed";
		this.encoded.add(text);
		return text;
	}

	private Told watch(EventId event) {
		return told(this.live.updates(event));
	}

	private Told told(Flux<String> updates) {
		Told told = new Told();
		updates.subscribe(told);
		pass(0);
		return told;
	}

	/** A booking in this process. */
	private void book(EventId event) {
		this.feed.book(event);
		this.signals.mayHaveChanged(event);
		pass(0);
	}

	private void tell(ChangeHint change) {
		this.feed.tell(change);
		pass(0);
	}

	private void pass(long millis) {
		this.time.advanceTimeBy(Duration.ofMillis(millis));
	}

	@Test
	void tellsThePresentStateAtOnceAndThenEachChange() {
		Told told = watch(this.gala);
		assertThat(told.updates).containsExactly("gala 0");

		pass(1_000);
		book(this.gala);

		assertThat(told.updates).containsExactly("gala 0", "gala 1");
	}

	@Test
	void sendsTheStoredStateAgainWhenTheStorageHasTakenOneBack() {
		Told told = watch(this.gala);
		Told toldOfMany = told(this.live.updates(inOrder(this.gala, this.feed.create("concert"))));
		pass(1_000);
		book(this.gala);
		pass(1_000);
		book(this.gala);
		pass(1_000);

		this.feed.goBackTo(this.gala, 1);
		tell(new ChangeHint.OfAnyEvent());
		Told newcomer = watch(this.gala);
		pass(1_000);
		book(this.gala);

		assertThat(told.updates).containsExactly("gala 0", "gala 1", "gala 2", "gala 1", "gala 2");
		assertThat(toldOfMany.updates).containsExactly("gala 0", "concert 0", "gala 1", "gala 2", "gala 1", "gala 2");
		assertThat(newcomer.updates).endsWith("gala 1", "gala 2");
	}

	@Test
	void sendsNothingAgainForAReadThatIsOlderThanWhatWasSent() {
		Told told = watch(this.gala);
		pass(1_000);
		this.feed.whileItAnswers(() -> book(this.gala));

		tell(new ChangeHint.OfAnyEvent());
		pass(1_000);

		assertThat(told.updates).containsExactly("gala 0", "gala 1");
	}

	@Test
	void conflatesABurst() {
		Told told = watch(this.gala);
		pass(1_000);

		IntStream.range(0, 50).forEach((number) -> book(this.gala));
		pass(10_000);

		assertThat(told.updates).containsExactly("gala 0", "gala 1", "gala 50");
		assertThat(this.feed.reads).hasSize(3);
	}

	@Test
	void missesNothingThatThisProcessChangesWhileItBegins() {
		this.feed.whileItAnswers(() -> book(this.gala));

		Told told = watch(this.gala);
		pass(1_000);

		assertThat(told.updates).containsExactly("gala 0", "gala 1");
	}

	@Test
	void missesNothingThatOthersChangeWhileItBegins() {
		this.feed.whileItAnswers(() -> {
			this.feed.book(this.gala);
			tell(new ChangeHint.OfEvent(this.gala, 1));
		});

		Told told = watch(this.gala);
		pass(1_000);

		assertThat(told.updates).containsExactly("gala 0", "gala 1");
	}

	@Test
	void tellsNothingWhenNothingHasChanged() {
		Told told = watch(this.gala);
		pass(1_000);

		this.signals.mayHaveChanged(this.gala);
		pass(1_000);

		assertThat(told.updates).containsExactly("gala 0");
		assertThat(this.feed.reads).hasSize(2);
	}

	@Test
	void doesNotReadForAnEventThatNobodyWatches() {
		book(this.gala);
		pass(10_000);

		assertThat(this.feed.reads).isEmpty();
		assertThat(this.feed.followed).hasValue(0);
	}

	@Test
	void readsAndEncodesOnceForAllWhoWatch() {
		List<Told> all = IntStream.range(0, 100).mapToObj((number) -> watch(this.gala)).toList();
		pass(1_000);

		book(this.gala);

		assertThat(all).allSatisfy((told) -> assertThat(told.updates).containsExactly("gala 0", "gala 1"));
		assertThat(this.encoded).containsExactly("gala 0", "gala 1");
		assertThat(this.feed.reads).hasSize(2);
		assertThat(this.feed.followed).hasValue(1);
	}

	@Test
	void tellsWhoComesLaterTheLatestStateWithoutARead() {
		watch(this.gala);
		pass(1_000);
		book(this.gala);

		Told late = watch(this.gala);

		assertThat(late.updates).containsExactly("gala 1");
		assertThat(this.feed.reads).hasSize(2);
	}

	@Test
	void saysThatAnEventIsUnknown() {
		Told told = watch(new EventId("nope"));

		assertThat(told.updates).containsExactly("nope closed");
		assertThat(told.completed).isTrue();
		pass(LET_GO_AFTER.toMillis());
		assertThat(this.live.openStreams()).isZero();
	}

	@Test
	void closesWhenTheEventIsDeleted() {
		Told told = watch(this.gala);
		pass(1_000);

		this.feed.delete(this.gala);
		this.signals.mayHaveChanged(this.gala);
		pass(0);

		assertThat(told.updates).containsExactly("gala 0", "gala closed");
		assertThat(told.completed).isTrue();
	}

	@Test
	void tellsWhatOthersChangeWhenTheFeedNamesTheEvent() {
		Told told = watch(this.gala);
		pass(1_000);

		this.feed.book(this.gala);
		tell(new ChangeHint.OfEvent(this.gala, 1));

		assertThat(told.updates).containsExactly("gala 0", "gala 1");
	}

	@Test
	void doesNotReadWhenTheFeedNamesARevisionThatWasSeen() {
		watch(this.gala);
		pass(1_000);
		book(this.gala);
		pass(1_000);

		tell(new ChangeHint.OfEvent(this.gala, 1));
		pass(1_000);

		assertThat(this.feed.reads).hasSize(2);
	}

	@Test
	void findsWhatOthersHaveChangedOrDeletedWhenTheFeedNamesNoEvent() {
		EventId concert = this.feed.create("concert");
		EventId lecture = this.feed.create("lecture");
		this.feed.create("unwatched");
		List<Told> told = List.of(watch(this.gala), watch(concert), watch(lecture));
		pass(1_000);
		this.feed.reads.clear();

		this.feed.book(this.gala);
		this.feed.delete(concert);
		tell(new ChangeHint.OfAnyEvent());

		assertThat(told.get(0).updates).containsExactly("gala 0", "gala 1");
		assertThat(told.get(1).updates).containsExactly("concert 0", "concert closed");
		assertThat(told.get(2).updates).containsExactly("lecture 0");
		assertThat(this.feed.reads).hasSize(3);
		assertThat(this.feed.reads.get(0)).containsExactlyInAnyOrder(this.gala, concert, lecture);
		assertThat(this.feed.reads.subList(1, 3)).containsExactlyInAnyOrder(List.of(this.gala), List.of(concert));
	}

	@Test
	void asksForAThousandEventsAtATime() {
		IntStream.range(0, 2_500).forEach((number) -> watch(this.feed.create("event-" + number)));
		pass(1_000);
		this.feed.reads.clear();

		tell(new ChangeHint.OfAnyEvent());

		assertThat(this.feed.reads).extracting(List::size).containsExactly(1_000, 1_000, 500);
	}

	@Test
	void goesOnWhenTheFeedBreaksOff() {
		Told told = watch(this.gala);
		pass(1_000);

		this.feed.breakOff();
		assertThat(this.log.lines()).singleElement()
			.asString()
			.startsWith("WARN Changes cannot be followed, trying again: java.lang.IllegalStateException: broken off");
		pass(1_000);
		this.feed.book(this.gala);
		tell(new ChangeHint.OfAnyEvent());

		assertThat(told.updates).containsExactly("gala 0", "gala 1");
		assertThat(this.feed.followed).hasValue(2);
	}

	@Test
	void failsWhenThePresentStateCannotBeRead() {
		this.feed.goAway();

		Told told = watch(this.gala);

		assertThat(told.error).isInstanceOf(StorageException.Unavailable.class);
		assertThat(this.live.openStreams()).isZero();
		this.feed.comeBack();
		assertThat(watch(this.gala).updates).containsExactly("gala 0");
	}

	@Test
	void goesOnAfterAnOutageWithTheStateOfThen() {
		Told told = watch(this.gala);
		pass(1_000);

		this.feed.goAway();
		book(this.gala);
		book(this.gala);
		tell(new ChangeHint.OfAnyEvent());
		pass(60_000);
		assertThat(told.updates).containsExactly("gala 0");
		this.feed.comeBack();
		pass(10_000);

		assertThat(told.updates).containsExactly("gala 0", "gala 2");
		assertThat(told.error).isNull();
	}

	@Test
	void keepsAStreamForAMomentAfterTheLastHasGone() {
		watch(this.gala).cancel();
		pass(LET_GO_AFTER.toMillis() - 1);
		book(this.gala);

		Told told = watch(this.gala);

		assertThat(told.updates).containsExactly("gala 1");
		assertThat(this.feed.followed).hasValue(1);
	}

	@Test
	void letsAStreamGoAMomentAfterTheLastHasGone() {
		Told first = watch(this.gala);
		watch(this.gala).cancel();
		pass(LET_GO_AFTER.toMillis());
		assertThat(this.live.openStreams()).isOne();

		first.cancel();
		pass(LET_GO_AFTER.toMillis());

		assertThat(this.live.openStreams()).isZero();
		assertThat(this.signals.watchedEvents()).isEmpty();
		assertThat(this.feed.followers).hasValue(0);
		this.feed.book(this.gala);
		assertThat(watch(this.gala).updates).containsExactly("gala 1");
	}

	@Test
	void tellsTheLatestToWhoIsSlowAndDelaysNobody() {
		Told slow = new Told(0);
		this.live.updates(this.gala).subscribe(slow);
		Told fast = watch(this.gala);
		for (int i = 0; i < 5; i++) {
			pass(1_000);
			book(this.gala);
		}

		slow.request(10);

		assertThat(slow.updates).containsExactly("gala 5");
		assertThat(fast.updates).hasSize(6);
	}

	@Test
	void tellsWhoIsSlowThatTheEventIsClosed() {
		Told slow = new Told(0);
		this.live.updates(this.gala).subscribe(slow);
		pass(1_000);
		this.feed.delete(this.gala);
		this.signals.mayHaveChanged(this.gala);
		pass(1_000);

		slow.request(1);

		assertThat(slow.updates).containsExactly("gala closed");
		assertThat(slow.completed).isTrue();
	}

	@Test
	void looksBeforeItWatchesWithOneRead() {
		Told first = told(this.live.current(this.gala).flux());
		pass(1_000);

		Told told = watch(this.gala);

		assertThat(first.updates).containsExactly("gala 0");
		assertThat(first.completed).isTrue();
		assertThat(told.updates).containsExactly("gala 0");
		assertThat(this.feed.reads).hasSize(1);
	}

	@Test
	void tellsThePresentStateOfEachOfManyAndThenTheChangesOfAny() {
		EventId concert = this.feed.create("concert");
		EventId lecture = this.feed.create("lecture");
		Told told = told(this.live.updates(inOrder(lecture, this.gala, concert, new EventId("nope"))));
		assertThat(told.updates).containsExactly("lecture 0", "gala 0", "concert 0", "nope closed");
		pass(1_000);

		book(concert);
		book(this.gala);
		this.feed.delete(lecture);
		tell(new ChangeHint.OfAnyEvent());

		assertThat(told.updates.subList(4, 7)).containsExactly("concert 1", "gala 1", "lecture closed");
		assertThat(told.completed).isFalse();
	}

	@Test
	void completesWhenAllOfManyAreClosed() {
		Told told = told(this.live.updates(inOrder(this.gala, new EventId("nope"))));
		pass(1_000);

		this.feed.delete(this.gala);
		tell(new ChangeHint.OfAnyEvent());

		assertThat(told.updates).containsExactly("gala 0", "nope closed", "gala closed");
		assertThat(told.completed).isTrue();
	}

	@Test
	void completesAtOnceForNone() {
		assertThat(told(this.live.updates(Set.of())).completed).isTrue();
	}

	@Test
	void neverTellsWhoWatchesManyMoreThanTwoStatesOfEachWhenTheyAreSlow() {
		EventId concert = this.feed.create("concert");
		Told slow = new Told(2);
		this.live.updates(inOrder(this.gala, concert)).subscribe(slow);
		pass(1_000);
		for (int i = 0; i < 5; i++) {
			book(this.gala);
			book(concert);
			pass(1_000);
		}

		slow.request(Long.MAX_VALUE);

		assertThat(slow.updates).containsExactly("gala 0", "concert 0", "gala 1", "concert 1", "gala 5", "concert 5");
	}

	@Test
	void endsEveryStreamWithTheProcess() {
		Told one = watch(this.gala);
		Told many = told(this.live.updates(inOrder(this.gala, this.feed.create("concert"))));
		this.feed.goAway();
		book(this.gala);

		this.signals.stop();

		assertThat(one.completed).isTrue();
		assertThat(many.completed).isTrue();
		assertThat(one.updates).containsExactly("gala 0");
		assertThat(this.live.openStreams()).isZero();
		assertThat(this.feed.followers).hasValue(0);
		assertThat(watch(this.gala).completed).isTrue();
	}

	@Test
	void endsBeforeTheWebServerWaitsForItsRequests() {
		assertThat(this.signals.getPhase()).isGreaterThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
	}

	@Test
	void watchesAgainWhenItIsStartedAgain() {
		this.signals.stop();
		this.signals.start();

		assertThat(watch(this.gala).updates).containsExactly("gala 0");
	}

	private static Set<EventId> inOrder(EventId... events) {
		return new LinkedHashSet<>(List.of(events));
	}

	/** What one subscriber was told. */
	private static final class Told extends BaseSubscriber<String> {

		final List<String> updates = new ArrayList<>();

		private final long demand;

		Throwable error;

		boolean completed;

		Told() {
			this(Long.MAX_VALUE);
		}

		Told(long demand) {
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
