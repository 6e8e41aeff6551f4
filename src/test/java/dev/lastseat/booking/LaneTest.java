package dev.lastseat.booking;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who goes with whom, when, and what each is told. The storage answers when the test says
 * so.
 */
class LaneTest {

	private static final EventId GALA = new EventId("gala");

	private final HeldStorage storage = new HeldStorage();

	private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();

	private final List<String> answers = new ArrayList<>();

	private final List<EventId> told = new ArrayList<>();

	private BookingService service = service(LaneSettings.DEFAULTS);

	private BookingService service(LaneSettings settings) {
		return new BookingService(this.storage.asRepository(), Clock.systemUTC(), BookingMonitor.NONE, this.told::add,
				settings, this.timer);
	}

	private static LaneSettings settings(int maxBatch, int maxWaiting, int maxWaitingPerEvent) {
		return new LaneSettings(maxBatch, maxWaiting, maxWaitingPerEvent, Duration.ofSeconds(2),
				Duration.ofSeconds(30));
	}

	private Disposable book(String user) {
		return book(GALA, user);
	}

	private Disposable book(EventId event, String user) {
		return answerOf(user, this.service.book(event, new UserId(user)));
	}

	private Disposable release(String user) {
		return answerOf(user, this.service.release(GALA, new UserId(user)));
	}

	private Disposable answerOf(String user, Mono<?> call) {
		return call.subscribe((outcome) -> this.answers.add(user + " " + outcome), (fault) -> this.answers
			.add(user + " " + ((fault instanceof OverloadedException away) ? away.reason() : fault.getMessage())));
	}

	@Test
	void sendsSomebodyAloneAtOnceAndByThemselves() {
		book("ada");

		assertThat(this.storage.calls()).containsExactly("book [ada] BOOKINGS");
		this.storage.answer(BookingOutcome.BOOKED);
		assertThat(this.answers).containsExactly("ada BOOKED");
	}

	@Test
	void sendsThoseTogetherWhoComeWhileAnotherIsUnderWay() {
		book("ada");
		book("bob");
		book("eve");
		assertThat(this.storage.calls()).containsExactly("book [ada] BOOKINGS");

		this.storage.answer(BookingOutcome.BOOKED);

		assertThat(this.storage.calls()).containsExactly("book [ada] BOOKINGS", "book [bob, eve] BOOKINGS");
		this.storage.answer(BookingOutcome.BOOKED, BookingOutcome.SOLD_OUT);
		assertThat(this.answers).containsExactly("ada BOOKED", "bob BOOKED", "eve SOLD_OUT");
	}

	@Test
	void sendsNoMoreTogetherThanFitInABatch() {
		this.service = service(settings(2, 100, 100));
		List.of("ada", "bob", "eve", "joe").forEach(this::book);

		this.storage.answer(BookingOutcome.BOOKED);
		this.storage.answer(BookingOutcome.BOOKED, BookingOutcome.BOOKED);

		assertThat(this.storage.calls()).containsExactly("book [ada] BOOKINGS", "book [bob, eve] BOOKINGS",
				"book [joe] BOOKINGS");
	}

	@Test
	void sendsEverybodyAtOnceWhereABatchIsOne() {
		this.service = service(settings(1, 2, 2));

		List.of("ada", "bob", "eve").forEach(this::book);

		assertThat(this.storage.calls()).containsExactly("book [ada] BOOKINGS", "book [bob] BOOKINGS");
		assertThat(this.answers).containsExactly("eve FULL");
	}

	@Test
	void hasRoomAgainForWhoIsSentByThemselvesWhenAnotherIsAnswered() {
		this.service = service(settings(1, 1, 1));
		book("ada");
		this.storage.answer(BookingOutcome.BOOKED);

		book("bob");
		this.storage.answer(BookingOutcome.SOLD_OUT);

		assertThat(this.answers).containsExactly("ada BOOKED", "bob SOLD_OUT");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 256 })
	void countsWhomItTurnsAway(int maxBatch) {
		List<OverloadedException.Reason> away = new ArrayList<>();
		this.service = new BookingService(this.storage.asRepository(), Clock.systemUTC(), new BookingMonitor() {
			@Override
			public void turnsAway(OverloadedException.Reason reason) {
				away.add(reason);
			}
		}, this.told::add, settings(maxBatch, 1, 1), this.timer);

		List.of("ada", "bob", "eve").forEach(this::book);

		assertThat(away).isNotEmpty().containsOnly(OverloadedException.Reason.FULL);
		assertThat(this.answers).hasSameSizeAs(away);
	}

	@Test
	void tellsHowManyGoTogetherAndWhatFails() {
		List<Object> told = new ArrayList<>();
		this.service = new BookingService(this.storage.asRepository(), Clock.systemUTC(), new BookingMonitor() {
			@Override
			public void admits(int size) {
				told.add(size);
			}

			@Override
			public void storageFailed(Throwable fault) {
				told.add(fault.getMessage());
			}
		}, this.told::add, LaneSettings.DEFAULTS, this.timer);
		List.of("ada", "bob", "eve").forEach(this::book);

		this.storage.answer(BookingOutcome.BOOKED);
		this.storage.fail(new IllegalStateException("gone"));

		assertThat(told).containsExactly(1, 2, "gone");
	}

	@Test
	void doesNotHaveOneEventWaitForAnother() {
		book("ada");
		book(new EventId("other"), "bob");

		assertThat(this.storage.calls()).containsExactly("book [ada] BOOKINGS", "book [bob] BOOKINGS");
	}

	@Test
	void tellsWhoAsksTwiceWhatBecameOfTheFirst() {
		book("ada");
		List.of("bob", "bob", "eve", "eve").forEach(this::book);
		this.storage.answer(BookingOutcome.BOOKED);

		assertThat(this.storage.calls()).last().isEqualTo("book [bob, eve] BOOKINGS");
		this.storage.answer(BookingOutcome.BOOKED, BookingOutcome.SOLD_OUT);

		assertThat(this.answers).containsExactly("ada BOOKED", "bob BOOKED", "bob ALREADY_REGISTERED", "eve SOLD_OUT",
				"eve SOLD_OUT");
	}

	@Test
	void asksTheStorageAboutWhoComesAgainAfterTheyWereSent() {
		book("ada");
		book("ada");

		this.storage.answer(BookingOutcome.BOOKED);

		assertThat(this.storage.calls()).containsExactly("book [ada] BOOKINGS", "book [ada] BOOKINGS");
	}

	@Test
	void doesNotBookWhoHasLeftBeforeTheirTurn() {
		book("ada");
		Disposable bob = book("bob");
		book("eve");

		bob.dispose();
		this.storage.answer(BookingOutcome.BOOKED);

		assertThat(this.storage.calls()).last().isEqualTo("book [eve] BOOKINGS");
	}

	@Test
	void endsWhenAllWhoWaitedHaveLeft() {
		book("ada");
		book("bob").dispose();
		this.storage.answer(BookingOutcome.BOOKED);

		book("eve");

		assertThat(this.storage.calls()).containsExactly("book [ada] BOOKINGS", "book [eve] BOOKINGS");
	}

	@Test
	void booksWhoLeavesAfterTheyWereSentAndServesTheOthers() {
		Disposable ada = book("ada");
		book("bob");

		ada.dispose();
		assertThat(this.storage.isCancelled()).isFalse();
		this.storage.answer(BookingOutcome.BOOKED);
		this.storage.answer(BookingOutcome.BOOKED);

		assertThat(this.told).containsExactly(GALA, GALA);
		assertThat(this.answers).containsExactly("bob BOOKED");
	}

	@Test
	void expectsRefusalsAfterARefusalAndBookingsAfterNone() {
		book("ada");
		book("bob");
		this.storage.answer(BookingOutcome.SOLD_OUT);
		book("eve");
		this.storage.answer(BookingOutcome.BOOKED);
		book("joe");
		this.storage.answer(BookingOutcome.BOOKED);

		assertThat(this.storage.calls()).containsExactly("book [ada] BOOKINGS", "book [bob] REFUSALS",
				"book [eve] BOOKINGS", "book [joe] BOOKINGS");
	}

	@Test
	void givesSeatsBackBeforeItAdmitsWhoWaits() {
		book("ada");
		book("bob");
		release("eve");
		release("joe");
		this.storage.answer(BookingOutcome.BOOKED);

		assertThat(this.storage.calls()).last().isEqualTo("release eve");
		this.storage.answerRelease(ReleaseOutcome.RELEASED);
		assertThat(this.storage.calls()).last().isEqualTo("release joe");
		this.storage.answerRelease(ReleaseOutcome.NOT_REGISTERED);

		assertThat(this.storage.calls()).last().isEqualTo("book [bob] BOOKINGS");
		assertThat(this.answers).containsExactly("ada BOOKED", "eve RELEASED", "joe NOT_REGISTERED");
	}

	@Test
	void letsAGroupPassBetweenReleases() {
		release("ada");
		book("bob");
		release("eve");
		this.storage.answerRelease(ReleaseOutcome.RELEASED);

		assertThat(this.storage.calls()).containsExactly("release ada", "book [bob] BOOKINGS");
		this.storage.answer(BookingOutcome.BOOKED);
		assertThat(this.storage.calls()).last().isEqualTo("release eve");
	}

	@Test
	void doesNotGiveTheSeatOfWhoHasLeftBack() {
		book("ada");
		release("eve");
		release("joe").dispose();
		this.storage.answer(BookingOutcome.BOOKED);
		this.storage.answerRelease(ReleaseOutcome.RELEASED);

		assertThat(this.storage.calls()).doesNotContain("release joe");
	}

	@Test
	void tellsAFaultToThoseWhoHaveNoAnswerYetAndGoesOn() {
		book("ada");
		List.of("bob", "bob", "eve").forEach(this::book);
		this.storage.answer(BookingOutcome.BOOKED);
		book("joe");

		this.storage.decide("eve", BookingOutcome.ALREADY_REGISTERED);
		this.storage.fail(new StorageException.OutcomeUnknown(new IllegalStateException()));

		String unknown = "the storage did not confirm in time; the outcome is unknown";
		assertThat(this.answers).containsExactly("ada BOOKED", "eve ALREADY_REGISTERED", "bob " + unknown,
				"bob " + unknown);
		assertThat(this.storage.calls()).last().isEqualTo("book [joe] REFUSALS");
	}

	@Test
	void leavesNobodyWithoutAnAnswerWhomTheStorageForgets() {
		book("ada");
		book("bob");
		book("eve");
		this.storage.answer(BookingOutcome.BOOKED);

		this.storage.answer(BookingOutcome.BOOKED);

		assertThat(this.answers).containsExactly("ada BOOKED", "bob BOOKED", "eve no outcome");
	}

	@Test
	void leavesNoLaneBehindWhenAllAreServed() {
		LaneSettings settings = LaneSettings.DEFAULTS;
		Lanes lanes = new Lanes(new Writes(this.storage.asRepository(), BookingMonitor.NONE, this.told::add,
				settings.maxTurn(), this.timer), settings, new Lobby(settings, BookingMonitor.NONE, this.timer));
		answerOf("ada", lanes.book(GALA, new UserId("ada")));
		assertThat(lanes).extracting("lanes").asInstanceOf(InstanceOfAssertFactories.MAP).containsOnlyKeys(GALA);

		this.storage.answer(BookingOutcome.BOOKED);

		assertThat(this.answers).containsExactly("ada BOOKED");
		assertThat(lanes).extracting("lanes").asInstanceOf(InstanceOfAssertFactories.MAP).isEmpty();
	}

	@Test
	void doesNotWaitForEverForAStorageThatDoes() {
		book("ada");
		release("bob");

		this.timer.advanceTimeBy(LaneSettings.DEFAULTS.maxTurn());

		assertThat(this.storage.isCancelled()).isTrue();
		assertThat(this.answers).contains("ada the storage did not confirm in time; the outcome is unknown");
		assertThat(this.told).containsExactly(GALA);
	}

	@Test
	void turnsAwayWhoFindsNoRoom() {
		this.service = service(settings(256, 100, 2));
		List.of("ada", "bob", "eve", "joe").forEach(this::book);
		release("jim");

		assertThat(this.answers).containsExactly("joe FULL", "jim FULL");
		this.storage.answer(BookingOutcome.BOOKED);
		assertThat(this.storage.calls()).last().isEqualTo("book [bob, eve] BOOKINGS");
	}

	@Test
	void hasRoomAgainWhenSomebodysTurnHasCome() {
		this.service = service(settings(256, 1, 1));
		book("ada");
		book("bob");
		this.storage.answer(BookingOutcome.BOOKED);

		book("eve");

		assertThat(this.answers).containsExactly("ada BOOKED");
	}

	@Test
	void sharesTheRoomAmongAllEvents() {
		this.service = service(settings(256, 2, 2));
		EventId other = new EventId("other");
		book("ada");
		book(other, "ada");
		book("bob");
		book("eve");

		book(other, "joe");

		assertThat(this.answers).containsExactly("joe FULL");
	}

	@Test
	void hasRoomForWhoDoesNotHaveToWaitHoweverManyDo() {
		this.service = service(settings(256, 1, 1));
		book("ada");
		book("bob");

		book(new EventId("other"), "eve");

		assertThat(this.storage.calls()).containsExactly("book [ada] BOOKINGS", "book [eve] BOOKINGS");
	}

	@Test
	void keepsNoRoomOfAnEventForWhomAllEventsHadNone() {
		this.service = service(settings(256, 1, 1));
		EventId other = new EventId("other");
		book(other, "eve");
		book("ada");
		book("bob");
		book(other, "joe");
		this.storage.answer(BookingOutcome.BOOKED);

		book(other, "tom");

		assertThat(this.answers).containsExactly("joe FULL", "ada BOOKED");
	}

	@Test
	void turnsAwayWhoHasWaitedTooLongAndNobodyElse() {
		book("ada");
		book("bob");
		this.timer.advanceTimeBy(Duration.ofSeconds(1));
		book("eve");

		this.timer.advanceTimeBy(Duration.ofSeconds(1));

		assertThat(this.answers).containsExactly("bob LATE");
		this.storage.answer(BookingOutcome.BOOKED);
		assertThat(this.storage.calls()).last().isEqualTo("book [eve] BOOKINGS");
		this.timer.advanceTimeBy(Duration.ofSeconds(2));
		assertThat(this.answers).containsExactly("bob LATE", "ada BOOKED");
	}

	@Test
	void turnsNobodyAwayWhoHasTheirAnswer() {
		book("ada");
		book("bob");
		this.storage.answer(BookingOutcome.BOOKED);
		this.storage.answer(BookingOutcome.BOOKED);

		this.timer.advanceTimeBy(Duration.ofDays(1));

		assertThat(this.answers).containsExactly("ada BOOKED", "bob BOOKED");
	}

}
