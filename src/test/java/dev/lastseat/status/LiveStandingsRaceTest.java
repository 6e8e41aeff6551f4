package dev.lastseat.status;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import dev.lastseat.TestRun;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Standing;
import dev.lastseat.booking.UserId;
import dev.lastseat.booking.WaitingPlace;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many subscribers and many changes at once, on real threads.
 */
@Timeout(600)
class LiveStandingsRaceTest {

	private static final Duration TIMEOUT = TestRun.TIMEOUT;

	/** The last standing of every user. */
	private static final Standing LAST = Standing.REGISTERED;

	private final StubFeed feed = new StubFeed();

	private final StubStandings stored = new StubStandings(this.feed);

	private final ChangeNotifier notifier = new ChangeNotifier(this.feed);

	private final LiveStandings live = new LiveStandings(this.notifier, this.stored,
			new StreamTiming(Duration.ofMillis(1), Duration.ofMillis(1), Schedulers.parallel()));

	private static List<UserId> users(int number) {
		return IntStream.range(0, number).mapToObj((user) -> new UserId("user-" + user)).toList();
	}

	/** Each user waits at some positions before it is registered. */
	private Mono<Void> change(EventId event, List<UserId> users) {
		return Flux.fromIterable(users).flatMap((user) -> Mono.fromRunnable(() -> {
			for (int position = 3; position > 0; position--) {
				store(event, user, Standing.of(new WaitingPlace(position, 3)));
			}
			store(event, user, LAST);
		}).subscribeOn(Schedulers.boundedElastic()), 8).then();
	}

	private void store(EventId event, UserId user, Standing standing) {
		this.stored.put(user, standing);
		this.feed.book(event);
		this.notifier.mayHaveChanged(event);
	}

	private Mono<Long> untilLast(EventId event, UserId user) {
		return this.live.updates(event, user)
			.takeUntil((update) -> update instanceof StandingUpdate.Current current && current.standing().equals(LAST))
			.count()
			.subscribeOn(Schedulers.parallel());
	}

	@Test
	void bringsEverySubscriberToTheLastStandingOfItsUser() {
		for (int round = 0; round < 20; round++) {
			EventId event = this.feed.create("event-" + round);
			List<UserId> users = users(200);
			users.forEach((user) -> this.stored.put(user, Standing.NONE));

			Mono<List<Long>> updates = Flux.fromIterable(users)
				.flatMap((user) -> untilLast(event, user), users.size())
				.collectList();

			assertThat(updates.zipWith(change(event, users).thenReturn(0)).block(TIMEOUT).getT1()).hasSize(200)
				.allSatisfy((number) -> assertThat(number).isBetween(1L, 5L));
		}
	}

	@Test
	void servesSubscribersThatArriveWhileOthersLeave() {
		EventId event = this.feed.create("event");
		List<UserId> users = users(50);

		Long updates = Flux.range(0, 20_000)
			.flatMap((number) -> this.live.updates(event, users.get(number % users.size()))
				.next()
				.subscribeOn(Schedulers.parallel()), 64)
			.count()
			.block(TIMEOUT);

		assertThat(updates).isEqualTo(20_000);
		leavesNothingOpen();
	}

	@Test
	void leavesNothingOpenAfterSubscribersThatLeaveAtAnyTime() {
		EventId event = this.feed.create("event");
		List<UserId> users = users(50);

		Flux.range(0, 20_000)
			.flatMap((number) -> this.live.updates(event, users.get(number % users.size()))
				.take(1)
				.takeUntilOther(Mono.delay(Duration.ofMillis(number % 3)))
				.subscribeOn(Schedulers.parallel()), 64)
			.blockLast(TIMEOUT);

		leavesNothingOpen();
	}

	private void leavesNothingOpen() {
		Awaitility.await().atMost(TIMEOUT).untilAsserted(() -> {
			assertThat(this.live.openUpstreams()).isZero();
			assertThat(this.notifier.subscribedEvents()).isEmpty();
			assertThat(this.feed.subscribers).hasValue(0);
		});
	}

}
