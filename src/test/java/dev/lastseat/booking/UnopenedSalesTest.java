package dev.lastseat.booking;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which requests are refused from memory, for how long, and when an event is forgotten.
 */
class UnopenedSalesTest {

	private static final EventId GALA = new EventId("gala");

	private static final Instant OPENING = Instant.parse("2027-01-01T10:00:00Z");

	private static final Duration ONE_MS = Duration.ofMillis(1);

	private static final int CHANGES = 20_000;

	private final SettableClock clock = new SettableClock(OPENING.minusSeconds(60));

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final UnopenedSales sales = new UnopenedSales(this.clock, this.time);

	private static Event event(EventId id, @Nullable Instant opensAt, int sold, int held) {
		return new Event(id, "Gala", null, OPENING, null, 9, new SaleTerms(opensAt, null, null), sold, held, 0, 1,
				Instant.EPOCH);
	}

	private static Event unopened(EventId id) {
		return event(id, OPENING, 0, 0);
	}

	private void read(Event event) {
		this.sales.remember(event.id(), Mono.just(event)).subscribe();
	}

	private void advance(Duration duration) {
		this.clock.advance(duration);
		this.time.advanceTimeBy(duration);
	}

	private void assertForgotten(EventId event) {
		assertThat(this.sales.refuse(event)).isFalse();
		assertThat(this.sales.isReadDue(event)).isFalse();
		assertThat(this.sales.opening(event)).isNull();
	}

	@Test
	void refusesForOneSecondAfterARead() {
		assertForgotten(GALA);
		read(unopened(GALA));

		advance(UnopenedSales.MAX_AGE.minus(ONE_MS));
		assertThat(this.sales.refuse(GALA)).isTrue();
		assertThat(this.sales.isReadDue(GALA)).isFalse();
		assertThat(this.sales.opening(GALA)).isEqualTo(OPENING);
		assertForgotten(new EventId("other"));
		advance(ONE_MS);

		assertThat(this.sales.refuse(GALA)).isFalse();
		assertThat(this.sales.isReadDue(GALA)).isTrue();
		assertThat(this.sales.opening(GALA)).isNull();
	}

	@Test
	void theAgeCountsFromTheStartOfTheRead() {
		Sinks.One<Event> storage = Sinks.one();
		this.sales.remember(GALA, storage.asMono()).subscribe();

		advance(UnopenedSales.MAX_AGE.minus(ONE_MS));
		storage.tryEmitValue(unopened(GALA)).orThrow();
		assertThat(this.sales.refuse(GALA)).isTrue();
		advance(ONE_MS);

		assertThat(this.sales.refuse(GALA)).isFalse();
	}

	@Test
	void refusesNothingFromTheMillisecondOfTheOpeningOn() {
		this.clock.set(OPENING.minusMillis(1));
		read(unopened(GALA));
		assertThat(this.sales.refuse(GALA)).isTrue();

		advance(ONE_MS);

		assertForgotten(GALA);
	}

	@ParameterizedTest
	@CsvSource({ "1, 0", "0, 1" })
	void anEventWithRegistrationsOrHoldsIsNotRefused(int sold, int held) {
		read(event(GALA, OPENING, sold, held));

		assertThat(this.sales.refuse(GALA)).isFalse();
		assertThat(this.sales.opening(GALA)).isEqualTo(OPENING);
		advance(UnopenedSales.MAX_AGE);
		assertThat(this.sales.isReadDue(GALA)).isFalse();
	}

	@Test
	void aReadThatFindsAnOpenSaleForgetsTheEvent() {
		read(unopened(GALA));
		read(event(GALA, null, 0, 0));
		assertForgotten(GALA);

		read(unopened(GALA));
		read(event(GALA, this.clock.instant(), 0, 0));
		assertForgotten(GALA);
	}

	@Test
	void aChangeOfThisProcessIsEffectiveAtOnce() {
		read(unopened(GALA));

		this.sales.forget(GALA);

		assertForgotten(GALA);
		assertThat(this.sales.size()).isZero();
	}

	@Test
	void aReadThatStartedBeforeAChangeIsNotRemembered() {
		Sinks.One<Event> storage = Sinks.one();
		this.sales.remember(GALA, storage.asMono()).subscribe();

		this.sales.forget(GALA);
		storage.tryEmitValue(unopened(GALA)).orThrow();

		assertForgotten(GALA);
		read(unopened(GALA));
		assertThat(this.sales.refuse(GALA)).isTrue();
	}

	@Test
	void aChangeOfAnotherEventDoesNotMatter() {
		Sinks.One<Event> storage = Sinks.one();
		this.sales.remember(GALA, storage.asMono()).subscribe();

		this.sales.forget(new EventId("other"));
		storage.tryEmitValue(unopened(GALA)).orThrow();

		assertThat(this.sales.refuse(GALA)).isTrue();
	}

	@Test
	void theLaterOfTwoReadsIsRemembered() {
		Sinks.One<Event> first = Sinks.one();
		this.sales.remember(GALA, first.asMono()).subscribe();
		read(event(GALA, null, 0, 0));

		first.tryEmitValue(unopened(GALA)).orThrow();

		assertForgotten(GALA);
	}

	@Test
	void aClockThatJumpsBackwardsDoesNotMakeAReadYounger() {
		read(unopened(GALA));
		this.time.advanceTimeBy(UnopenedSales.MAX_AGE);

		this.clock.advance(Duration.ofSeconds(-30));

		assertThat(this.sales.refuse(GALA)).isFalse();
	}

	@Test
	void aClockThatJumpsOverTheOpeningAndBackRefusesAgain() {
		read(unopened(GALA));

		this.clock.set(OPENING);
		assertThat(this.sales.refuse(GALA)).isFalse();
		this.clock.set(OPENING.minusMillis(1));

		assertThat(this.sales.refuse(GALA)).isTrue();
	}

	@Test
	void keepsNothingOfReadsThatEndWithoutAnEvent() {
		this.sales.remember(GALA, Mono.empty()).subscribe();
		this.sales.remember(GALA, Mono.error(new IllegalStateException())).onErrorComplete().subscribe();
		this.sales.remember(GALA, Mono.never()).subscribe().dispose();

		assertThat(this.sales.size()).isZero();
	}

	@Test
	void forgetsEventsThatWereNotReadForLong() {
		IntStream.range(0, 100).forEach((number) -> read(unopened(new EventId("event-" + number))));
		this.clock.set(OPENING.minusSeconds(3_600));
		advance(UnopenedSales.KEPT.minus(ONE_MS));
		read(unopened(GALA));
		assertThat(this.sales.size()).isEqualTo(101);

		advance(ONE_MS);
		read(unopened(GALA));

		assertThat(this.sales.size()).isEqualTo(1);
	}

	@Test
	void remembersALimitedNumberOfEvents() {
		IntStream.range(0, UnopenedSales.MAX_SALES + 10)
			.forEach((number) -> read(unopened(new EventId("event-" + number))));

		assertThat(this.sales.size()).isEqualTo(UnopenedSales.MAX_SALES);
	}

	/**
	 * Reads and changes of one event race. A read finds the state at its start. After a
	 * change has been reported, nothing older may be in memory.
	 */
	@Test
	void neverRefusesByAReadThatIsOlderThanAChange() throws InterruptedException {
		AtomicInteger changes = new AtomicInteger();
		Thread reader = new Thread(() -> {
			while (changes.get() < CHANGES) {
				this.sales.remember(GALA, Mono.fromSupplier(() -> slowRead(changes.get()))).subscribe();
			}
		});
		int stale = 0;
		reader.start();
		for (int change = 1; change <= CHANGES; change++) {
			changes.set(change);
			this.sales.forget(GALA);
			for (int poll = 0; poll < 50; poll++) {
				Instant remembered = this.sales.opening(GALA);
				stale += (remembered != null && remembered.isBefore(OPENING.plusSeconds(change))) ? 1 : 0;
			}
		}
		reader.join();

		assertThat(stale).isZero();
	}

	private static Event slowRead(int changes) {
		Event found = event(GALA, OPENING.plusSeconds(changes), 0, 0);
		for (int spin = 0; spin < 100; spin++) {
			Thread.onSpinWait();
		}
		return found;
	}

}
