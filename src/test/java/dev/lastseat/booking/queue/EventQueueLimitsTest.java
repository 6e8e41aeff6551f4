package dev.lastseat.booking.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.lastseat.booking.BookingMonitor;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.OverloadedException;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.UserId;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The limits of requests in flight or waiting, and when the slot of a request is free
 * again.
 */
class EventQueueLimitsTest {

	private static final EventId OTHER = new EventId("other");

	private final ControlledStorage storage = new ControlledStorage();

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	private final List<OverloadedException.Reason> rejected = new ArrayList<>();

	private final BookingMonitor monitor = new BookingMonitor() {

		@Override
		public void failed(Request request, Throwable fault, Duration time) {
			if (fault instanceof OverloadedException rejection) {
				EventQueueLimitsTest.this.rejected.add(rejection.reason());
			}
		}

	};

	private TestQueues queues(int maxBatch, int maxWaiting, int maxWaitingPerEvent) {
		return new TestQueues(this.storage.asRepository(), this.monitor, (event) -> {
		}, TestQueues.limits(maxBatch, maxWaiting, maxWaitingPerEvent), this.scheduler);
	}

	private static Request booking(String user) {
		return new Request.Booking(new UserId(user));
	}

	@Test
	void limitsTheRequestsOfManyEvents() {
		TestQueues queues = queues(256, 10, 10);

		IntStream.range(0, 50_000).forEach((number) -> queues.submit(new EventId("e" + number), booking("ada")));

		assertThat(this.storage.rounds()).hasSize(10);
		assertThat(queues.answers()).hasSize(49_990).containsOnly("ada FULL");
		assertThat(this.rejected).hasSize(49_990).containsOnly(OverloadedException.Reason.FULL);
		queues.assertOpenQueues(
				IntStream.range(0, 10).mapToObj((number) -> new EventId("e" + number)).toArray(EventId[]::new));
		IntStream.range(0, 10).forEach((number) -> this.storage.round(number).answer(BookingOutcome.BOOKED));
		assertThat(queues.answers()).hasSize(50_000);
		queues.assertNothingIsLeft();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 256 })
	void limitsTheRequestsOfAnEvent(int maxBatch) {
		TestQueues queues = queues(maxBatch, 100, 3);

		queues.bookAll("ada", "bob", "eve", "joe");
		queues.cancel("tim");
		queues.submit(OTHER, booking("zoe"));

		assertThat(queues.answers()).containsExactly("joe FULL", "tim FULL");
		assertThat(this.rejected).hasSize(2);
		assertThat(this.storage.rounds()).containsExactly("book ada", "book zoe");
	}

	@Test
	void limitsTheRequestsOfAllEvents() {
		TestQueues queues = queues(256, 3, 3);

		queues.bookAll("ada", "bob");
		queues.submit(OTHER, booking("eve"));
		queues.submit(OTHER, booking("joe"));
		queues.cancel("tim");

		assertThat(queues.answers()).containsExactly("joe FULL", "tim FULL");
	}

	@Test
	void doesNotSendARejectedRequest() {
		TestQueues queues = queues(256, 100, 2);
		queues.bookAll("ada", "bob", "eve");
		this.storage.last().answer(BookingOutcome.BOOKED);
		this.storage.last().answer(BookingOutcome.BOOKED);

		assertThat(this.storage.rounds()).containsExactly("book ada", "book bob");
		queues.assertNothingIsLeft();
	}

	@Test
	void aRequestThatTheLimitOfItsEventRejectsTakesNoSlotOfAllEvents() {
		TestQueues queues = queues(256, 2, 1);
		queues.bookAll("ada", "bob", "eve");

		queues.submit(OTHER, booking("joe"));

		assertThat(queues.answers()).containsExactly("bob FULL", "eve FULL");
		assertThat(this.storage.rounds()).containsExactly("book ada", "book joe");
	}

	@Test
	void aRequestThatTheLimitOfAllEventsRejectsTakesNoSlotOfItsEvent() {
		TestQueues queues = queues(256, 1, 1);
		queues.submit(OTHER, booking("ada"));
		queues.book("bob");
		this.storage.last().answer(BookingOutcome.BOOKED);

		queues.book("eve");

		assertThat(queues.answers()).containsExactly("bob FULL", "ada BOOKED");
		assertThat(this.storage.rounds()).containsExactly("book ada", "book eve");
	}

	@Test
	void eachSubscriptionIsANewRequest() {
		TestQueues queues = queues(256, 2, 2);
		Mono<Outcome> call = queues.queues().submit(TestQueues.GALA, booking("ada"));

		List<Throwable> faults = new ArrayList<>();
		IntStream.range(0, 3).forEach((number) -> call.subscribe(null, faults::add));

		assertThat(faults).singleElement().isInstanceOf(OverloadedException.class);
	}

	/**
	 * The ways in which slots become free, when one request is in flight and one waits.
	 */
	enum End {

		ANSWERS(2) {

			@Override
			void of(EventQueueLimitsTest test, Disposable inFlight, Disposable waiting) {
				test.storage.last().answer(BookingOutcome.BOOKED);
				test.storage.last().answer(BookingOutcome.SOLD_OUT);
			}

		},

		DECISION(1) {

			@Override
			void of(EventQueueLimitsTest test, Disposable inFlight, Disposable waiting) {
				test.storage.last().decide("ada", BookingOutcome.BOOKED);
			}

		},

		FAULT(1) {

			@Override
			void of(EventQueueLimitsTest test, Disposable inFlight, Disposable waiting) {
				test.storage.last().fail(new IllegalStateException("gone"));
			}

		},

		NO_DECISION(1) {

			@Override
			void of(EventQueueLimitsTest test, Disposable inFlight, Disposable waiting) {
				test.storage.last().answer();
			}

		},

		CANCELLATION_BEFORE_THE_ROUND(1) {

			@Override
			void of(EventQueueLimitsTest test, Disposable inFlight, Disposable waiting) {
				waiting.dispose();
			}

		},

		CANCELLATION_IN_A_ROUND_THAT_HANGS(1) {

			@Override
			void of(EventQueueLimitsTest test, Disposable inFlight, Disposable waiting) {
				inFlight.dispose();
			}

		},

		REJECTION_OF_A_LATE_REQUEST(1) {

			@Override
			void of(EventQueueLimitsTest test, Disposable inFlight, Disposable waiting) {
				test.scheduler.advanceTimeBy(Duration.ofSeconds(2));
			}

		},

		TIMEOUT_OF_THE_ROUND(2) {

			@Override
			void of(EventQueueLimitsTest test, Disposable inFlight, Disposable waiting) {
				test.scheduler.advanceTimeBy(Duration.ofSeconds(30));
			}

		};

		private final int freedSlots;

		End(int freedSlots) {
			this.freedSlots = freedSlots;
		}

		abstract void of(EventQueueLimitsTest test, Disposable inFlight, Disposable waiting);

	}

	@ParameterizedTest
	@EnumSource
	void freesTheSlotAtOnce(End end) {
		for (TestQueues queues : List.of(queues(256, 2, 100), queues(256, 100, 2))) {
			Disposable inFlight = queues.book("ada");
			Disposable waiting = queues.book("bob");

			end.of(this, inFlight, waiting);
			queues.answers().clear();
			IntStream.range(0, end.freedSlots + 1).forEach((number) -> queues.book("later-" + number));

			assertThat(queues.answers()).containsExactly("later-" + end.freedSlots + " FULL");
		}
	}

	@ParameterizedTest
	@EnumSource
	void nothingIsLeftAtTheEnd(End end) {
		TestQueues queues = queues(256, 2, 2);
		Disposable inFlight = queues.book("ada");
		Disposable waiting = queues.book("bob");

		end.of(this, inFlight, waiting);
		this.scheduler.advanceTimeBy(Duration.ofMinutes(1));
		this.scheduler.advanceTimeBy(Duration.ofMinutes(1));

		queues.assertNothingIsLeft();
	}

	@Test
	void freesTheSlotBeforeTheCallerGetsItsAnswer() {
		TestQueues queues = queues(256, 1, 1);
		queues.queues().submit(TestQueues.GALA, booking("ada")).subscribe((outcome) -> queues.book("bob"));

		this.storage.last().answer(BookingOutcome.BOOKED);

		assertThat(queues.answers()).isEmpty();
		assertThat(this.storage.rounds()).containsExactly("book ada", "book bob");
	}

	@Test
	void aHangingEventWithoutCallersDoesNotRejectRequestsForOtherEvents() {
		TestQueues queues = queues(256, 10, 10);
		List<Disposable> callers = Stream.of("ada", "bob", "eve", "joe", "tim", "zoe", "kim", "lea", "max", "ben")
			.map(queues::book)
			.toList();
		queues.submit(OTHER, booking("sam"));
		assertThat(queues.answers()).containsExactly("sam FULL");

		callers.forEach(Disposable::dispose);

		IntStream.range(0, 10).forEach((number) -> queues.submit(OTHER, booking("sam-" + number)));
		assertThat(queues.answers()).containsExactly("sam FULL");
		assertThat(this.storage.rounds()).containsExactly("book ada", "book sam-0");
		this.storage.last().answer(BookingOutcome.BOOKED);
		this.storage.last().fail(new IllegalStateException("gone"));
		assertThat(queues.answers()).hasSize(11);
		queues.assertOpenQueues(TestQueues.GALA);
		this.storage.round(0).answer(BookingOutcome.BOOKED);
		queues.assertNothingIsLeft();
	}

	@Test
	void aRequestCanWaitForAHangingRoundWithoutCallers() {
		TestQueues queues = queues(256, 1, 1);
		queues.book("ada").dispose();

		queues.cancel("bob");

		assertThat(this.storage.rounds()).containsExactly("book ada");
		this.storage.last().answer(BookingOutcome.BOOKED);
		assertThat(this.storage.rounds()).containsExactly("book ada", "cancel bob");
		this.storage.last().answer(ReleaseOutcome.RELEASED);
		assertThat(queues.answers()).containsExactly("bob RELEASED");
		queues.assertNothingIsLeft();
	}

	@Test
	void cancellingTwiceOrAfterTheAnswerFreesOneSlot() {
		TestQueues queues = queues(256, 2, 2);
		Disposable ada = queues.book("ada");
		Disposable bob = queues.book("bob");
		bob.dispose();
		bob.dispose();
		this.storage.last().answer(BookingOutcome.BOOKED);
		ada.dispose();

		queues.bookAll("eve", "joe", "tim");

		assertThat(queues.answers()).containsExactly("ada BOOKED", "tim FULL");
	}

	@Test
	void doesNotKeepCancelledRequests() {
		TestQueues queues = queues(256, 10, 10);
		queues.book("ada");

		IntStream.range(0, 20).forEach((number) -> queues.book("user-" + number).dispose());

		assertThat(queues.answers()).isEmpty();
		assertThat(queues.queues()).extracting("queues")
			.asInstanceOf(InstanceOfAssertFactories.map(EventId.class, EventQueue.class))
			.extractingByKey(TestQueues.GALA)
			.extracting("requests.waiting")
			.asInstanceOf(InstanceOfAssertFactories.COLLECTION)
			.isEmpty();
	}

}
