package dev.lastseat.booking;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import dev.lastseat.TestRun;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many threads come to lanes that are gone as often as they are there: the storage is so
 * fast that hardly anybody waits.
 */
class LaneRaceTest {

	private static final int CALLS = 60_000;

	private static final List<EventId> EVENTS = List.of(new EventId("a"), new EventId("b"), new EventId("c"));

	private final Map<EventId, AtomicInteger> underWay = new ConcurrentHashMap<>();

	private final Set<EventId> overtaken = ConcurrentHashMap.newKeySet();

	private final AtomicInteger sent = new AtomicInteger();

	private final EventRepository storage = (EventRepository) Proxy.newProxyInstance(getClass().getClassLoader(),
			new Class<?>[] { EventRepository.class },
			(proxy, method, arguments) -> method.getName().equals("book")
					? book((EventId) arguments[0], (List<?>) arguments[1])
					: alone((EventId) arguments[0], Mono.just(ReleaseOutcome.RELEASED).hide().flux()).single());

	private Flux<Decision> book(EventId event, List<?> users) {
		return alone(event, Flux.fromIterable(users).map((user) -> new Decision((UserId) user, BookingOutcome.BOOKED)));
	}

	private <T> Flux<T> alone(EventId event, Flux<T> answers) {
		AtomicInteger now = this.underWay.computeIfAbsent(event, (id) -> new AtomicInteger());
		return Flux.defer(() -> {
			this.sent.incrementAndGet();
			if (now.incrementAndGet() > 1) {
				this.overtaken.add(event);
			}
			return answers.publishOn(Schedulers.parallel()).doOnTerminate(now::decrementAndGet);
		});
	}

	@Test
	void answersEverybodyAndSendsOneTurnAtATime() {
		AtomicInteger waiting = new AtomicInteger();
		AtomicInteger fewest = new AtomicInteger();
		BookingMonitor monitor = new BookingMonitor() {

			@Override
			public Runnable waits() {
				waiting.incrementAndGet();
				return () -> fewest.accumulateAndGet(waiting.decrementAndGet(), Math::min);
			}

		};
		BookingService service = new BookingService(this.storage, Clock.systemUTC(), monitor, (event) -> {
		}, LaneSettings.DEFAULTS);

		Long answered = Flux.range(0, CALLS)
			.flatMap((number) -> call(service, number).subscribeOn(Schedulers.boundedElastic()), 32)
			.count()
			.block(TestRun.PATIENCE);

		assertThat(answered).isEqualTo(CALLS);
		assertThat(this.overtaken).isEmpty();
		assertThat(waiting).hasValue(0);
		assertThat(fewest).hasValue(0);
		assertThat(this.sent.get()).isPositive().isLessThanOrEqualTo(CALLS);
	}

	private Mono<?> call(BookingService service, int number) {
		EventId event = EVENTS.get(number % EVENTS.size());
		UserId user = new UserId("user-" + number);
		return (number % 10 == 0) ? service.release(event, user) : service.book(event, user);
	}

}
