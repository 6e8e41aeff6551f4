package dev.lastseat.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import dev.lastseat.booking.ChangeHint;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.Standing;
import dev.lastseat.booking.UserId;
import dev.lastseat.booking.WaitingPlace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which standings subscribers get, and which reads they cause, in virtual time.
 */
class LiveStandingsTest {

	private static final Duration GRACE_PERIOD = Duration.ofSeconds(5);

	private static final Duration READ_TIME = Duration.ofMillis(40);

	private static final UserId ADA = new UserId("ada");

	private static final UserId BOB = new UserId("bob");

	private static final UserId EVE = new UserId("eve");

	private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();

	private final StubFeed feed = new StubFeed();

	private final StubStandings stored = new StubStandings(this.feed);

	private final ChangeNotifier notifier = new ChangeNotifier(this.feed);

	private final LiveStandings live = new LiveStandings(this.notifier, this.stored, StreamTiming.standard());

	private final EventId gala = this.feed.create("gala");

	@BeforeEach
	void start() {
		this.notifier.start();
	}

	@AfterEach
	void reset() {
		VirtualTimeScheduler.reset();
	}

	private Received subscribe(EventId event, UserId user) {
		Received received = new Received(Long.MAX_VALUE);
		this.live.updates(event, user).subscribe(received);
		advance(0);
		return received;
	}

	private Received subscribe(UserId user) {
		return subscribe(this.gala, user);
	}

	/** Another process changes the standing of a user. No hint is emitted. */
	private void store(UserId user, Standing standing) {
		this.stored.put(user, standing);
		this.feed.book(this.gala);
	}

	/** This process changes the standing of a user. */
	private void change(UserId user, Standing standing) {
		store(user, standing);
		this.notifier.mayHaveChanged(this.gala);
		advance(0);
	}

	private void emit(ChangeHint hint) {
		this.feed.emit(hint);
		advance(0);
	}

	private void advance(long millis) {
		this.time.advanceTimeBy(Duration.ofMillis(millis));
	}

	private static Standing waiting(int position, int length) {
		return Standing.of(new WaitingPlace(position, length));
	}

	private static Standing offered(UserId user) {
		return Standing.of(new Hold(user, Instant.EPOCH, true));
	}

	private static UserId user(int number) {
		return new UserId("user-" + number);
	}

	@Test
	void sendsTheCurrentStandingAtOnceAndThenEachChange() {
		this.stored.put(ADA, waiting(2, 2));
		Received received = subscribe(ADA);
		assertThat(received.updates).containsExactly("ada waiting 2");
		advance(1_000);

		change(ADA, waiting(1, 1));
		advance(1_000);
		change(ADA, offered(ADA));
		advance(1_000);
		change(ADA, Standing.NONE);

		assertThat(received.updates).containsExactly("ada waiting 2", "ada waiting 1", "ada offered", "ada none");
	}

	@Test
	void readsOnceForEachChangeForAThousandSubscribers() {
		List<Received> all = IntStream.range(0, 1_000).mapToObj((number) -> subscribe(user(number))).toList();
		advance(1_000);
		this.stored.reads.clear();

		change(user(7), Standing.REGISTERED);
		advance(1_000);
		change(user(8), Standing.REGISTERED);
		emit(new ChangeHint.OfEvent(this.gala, 2));
		advance(10_000);

		assertThat(this.stored.reads).extracting(Set::size).containsExactly(1_000, 1_000);
		assertThat(all.get(7).updates).containsExactly("user-7 none", "user-7 registered");
		assertThat(all.get(8).updates).containsExactly("user-8 none", "user-8 registered");
		assertThat(all).filteredOn((received) -> received.updates.size() == 1).hasSize(998);
		assertThat(this.feed.subscriptions).hasValue(1);
	}

	@Test
	void readsOnlyTheSubscribersThatHaveArrived() {
		subscribe(ADA);
		advance(1_000);
		Received bob = subscribe(BOB);
		Received eve = subscribe(EVE);
		Received other = subscribe(user(1));
		assertThat(bob.updates).containsExactly("bob none");
		assertThat(eve.updates).isEmpty();
		advance(100);

		assertThat(eve.updates).containsExactly("eve none");
		assertThat(other.updates).containsExactly("user-1 none");
		assertThat(this.stored.reads).containsExactly(Set.of(ADA), Set.of(BOB), Set.of(EVE, user(1)));
	}

	@Test
	void readsASecondSubscriberOfAUserNotAgain() {
		subscribe(ADA);
		advance(1_000);

		Received second = subscribe(ADA);
		advance(1_000);

		assertThat(second.updates).containsExactly("ada none");
		assertThat(this.stored.reads).hasSize(1);
	}

	@Test
	void sendsNothingWhenTheStandingLooksTheSame() {
		this.stored.put(ADA, waiting(1, 1));
		Received received = subscribe(ADA);
		advance(1_000);

		change(BOB, waiting(2, 2));
		advance(1_000);
		change(ADA, waiting(1, 2));
		advance(1_000);

		assertThat(received.updates).containsExactly("ada waiting 1");
		assertThat(this.stored.reads).hasSize(3);
	}

	@Test
	void conflatesABurstAndSendsTheLastStanding() {
		Received received = subscribe(ADA);
		advance(1_000);

		for (int position = 50; position > 0; position--) {
			change(ADA, waiting(position, position));
			advance(1);
		}
		advance(10_000);

		assertThat(received.updates).containsExactly("ada none", "ada waiting 50", "ada waiting 1");
		assertThat(this.stored.reads).hasSize(3);
	}

	@Test
	void readsAgainForAChangeDuringARead() {
		this.stored.delay = (read) -> read.delayElement(READ_TIME);
		Received received = subscribe(ADA);
		change(ADA, Standing.REGISTERED);
		advance(1_000);

		assertThat(received.updates).containsExactly("ada none", "ada registered");
	}

	@Test
	void readsASubscriberThatArrivesDuringARead() {
		this.stored.delay = (read) -> read.delayElement(READ_TIME);
		subscribe(ADA);
		Received late = subscribe(BOB);
		advance(1_000);

		assertThat(late.updates).containsExactly("bob none");
		assertThat(this.stored.reads).containsExactly(Set.of(ADA), Set.of(BOB));
	}

	@Test
	void readsAllAgainWhenAnArrivalShowsAnotherRevision() {
		Received ada = subscribe(ADA);
		advance(1_000);
		store(ADA, Standing.REGISTERED);

		subscribe(BOB);
		advance(1_000);

		assertThat(ada.updates).containsExactly("ada none", "ada registered");
		assertThat(this.stored.reads).containsExactly(Set.of(ADA), Set.of(BOB), Set.of(ADA, BOB));
	}

	@Test
	void readsNoSubscriberThatHasLeft() {
		Received ada = subscribe(ADA);
		Received bob = subscribe(BOB);
		advance(1_000);
		this.stored.delay = (read) -> read.delayElement(READ_TIME);
		change(ADA, Standing.REGISTERED);

		bob.cancel();
		advance(1_000);
		change(ADA, Standing.NONE);
		advance(1_000);

		assertThat(ada.updates).containsExactly("ada none", "ada registered", "ada none");
		assertThat(bob.updates).containsExactly("bob none");
		assertThat(this.stored.reads).last().isEqualTo(Set.of(ADA));
	}

	@Test
	void sendsTheCurrentStandingToASubscriberThatComesBack() {
		subscribe(ADA).cancel();
		advance(1_000);
		change(ADA, Standing.REGISTERED);
		advance(1_000);
		assertThat(this.stored.reads).hasSize(1);

		Received again = subscribe(ADA);

		assertThat(again.updates).containsExactly("ada registered");
	}

	@Test
	void sendsChangesOfOtherProcesses() {
		Received received = subscribe(ADA);
		advance(1_000);

		store(ADA, Standing.REGISTERED);
		emit(new ChangeHint.OfEvent(this.gala, 1));
		advance(1_000);
		store(ADA, Standing.NONE);
		emit(new ChangeHint.OfAnyEvent());
		advance(1_000);
		emit(new ChangeHint.OfAnyEvent());
		advance(1_000);

		assertThat(received.updates).containsExactly("ada none", "ada registered", "ada none");
		assertThat(this.stored.reads).hasSize(3);
	}

	@Test
	void sendsTheStoredStandingAgainAfterARollback() {
		Received received = subscribe(ADA);
		advance(1_000);
		change(ADA, Standing.REGISTERED);
		advance(1_000);

		this.stored.put(ADA, Standing.NONE);
		this.feed.rollBackTo(this.gala, 0);
		emit(new ChangeHint.OfAnyEvent());

		assertThat(received.updates).containsExactly("ada none", "ada registered", "ada none");
	}

	@Test
	void closesTheStreamWhenTheEventIsDeleted() {
		Received received = subscribe(ADA);
		advance(1_000);

		this.feed.delete(this.gala);
		this.notifier.mayHaveChanged(this.gala);
		advance(0);

		assertThat(received.updates).containsExactly("ada none", "gala closed");
		assertThat(received.completed).isTrue();
		assertThat(this.live.openUpstreams()).isZero();
	}

	@Test
	void closesTheStreamOfAnUnknownEvent() {
		Received received = subscribe(new EventId("nope"), ADA);

		assertThat(received.updates).containsExactly("nope closed");
		assertThat(received.completed).isTrue();
	}

	@Test
	void beginsAndContinuesAfterAnOutage() {
		this.stored.unavailable = true;
		Received received = subscribe(ADA);
		advance(60_000);
		assertThat(received.updates).isEmpty();
		this.stored.unavailable = false;
		advance(10_000);
		assertThat(received.updates).containsExactly("ada none");

		this.stored.unavailable = true;
		change(ADA, Standing.REGISTERED);
		Received arrived = subscribe(BOB);
		advance(60_000);
		this.stored.unavailable = false;
		advance(10_000);

		assertThat(received.updates).containsExactly("ada none", "ada registered");
		assertThat(arrived.updates).containsExactly("bob none");
		assertThat(received.error).isNull();
	}

	@Test
	void failsAfterAFaultThatIsNotOfTheStorage() {
		this.stored.delay = (read) -> read.map((found) -> {
			throw new IllegalStateException("broken");
		});

		Received received = subscribe(ADA);

		assertThat(received.error).hasMessage("broken");
		assertThat(this.live.openUpstreams()).isZero();
	}

	@Test
	void sendsTheLatestStandingToASlowSubscriberAndDelaysNoOther() {
		Received slow = new Received(1);
		this.live.updates(this.gala, ADA).subscribe(slow);
		Received fast = subscribe(ADA);
		for (int position = 5; position > 0; position--) {
			advance(1_000);
			change(ADA, waiting(position, position));
		}

		slow.request(10);

		assertThat(slow.updates).containsExactly("ada none", "ada waiting 1");
		assertThat(fast.updates).hasSize(6);
	}

	@Test
	void leavesNothingOpenAfterTheGracePeriod() {
		Received received = subscribe(ADA);
		subscribe(BOB).cancel();
		advance(GRACE_PERIOD.toMillis());
		assertThat(this.live.openUpstreams()).isOne();

		received.cancel();
		advance(GRACE_PERIOD.toMillis());

		assertThat(this.live.openUpstreams()).isZero();
		assertThat(this.notifier.subscribedEvents()).isEmpty();
		assertThat(this.feed.subscribers).hasValue(0);
	}

	@Test
	void completesAllStreamsWhenTheProcessStops() {
		Received received = subscribe(ADA);
		this.stored.unavailable = true;
		change(ADA, Standing.REGISTERED);

		this.notifier.stop();

		assertThat(received.updates).containsExactly("ada none");
		assertThat(received.completed).isTrue();
		assertThat(subscribe(ADA).completed).isTrue();
		assertThat(this.live.openUpstreams()).isZero();
	}

	/** Records the updates of one subscriber. */
	private static final class Received extends BaseSubscriber<StandingUpdate> {

		final List<String> updates = new ArrayList<>();

		private final long demand;

		Throwable error;

		boolean completed;

		Received(long demand) {
			this.demand = demand;
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			subscription.request(this.demand);
		}

		@Override
		protected void hookOnNext(StandingUpdate update) {
			this.updates.add((update instanceof StandingUpdate.Current current)
					? current.user() + " " + text(current.standing()) : update.event() + " closed");
		}

		private static String text(Standing standing) {
			String state = standing.state().name().toLowerCase();
			return (standing.place() != null) ? state + " " + standing.place().position() : state;
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
