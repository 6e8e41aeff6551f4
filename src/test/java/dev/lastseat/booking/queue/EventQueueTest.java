package dev.lastseat.booking.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.lastseat.booking.BookingMonitor;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.OverloadedException;
import dev.lastseat.booking.QueueSettings;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.Requests;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which requests form a round, in which order, and what answer each caller gets. The test
 * makes the decisions of the storage.
 */
class EventQueueTest {

	private static final EventId OTHER = new EventId("other");

	private static final String UNKNOWN = "the storage did not confirm in time; the outcome is unknown";

	private final ControlledStorage storage = new ControlledStorage();

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	private final List<EventId> changed = new ArrayList<>();

	private TestQueues queues = queues(QueueSettings.DEFAULTS, BookingMonitor.NONE, this.scheduler);

	private TestQueues queues(QueueSettings settings, BookingMonitor monitor, Scheduler on) {
		return new TestQueues(this.storage.asRepository(), monitor, this.changed::add, settings, on);
	}

	private TestQueues queues(int maxBatch) {
		return queues(TestQueues.limits(maxBatch, 10_000, 10_000), BookingMonitor.NONE, this.scheduler);
	}

	private static Outcome[] times(int count, Outcome outcome) {
		return Stream.generate(() -> outcome).limit(count).toArray(Outcome[]::new);
	}

	@Test
	void sendsASingleRequestAtOnce() {
		this.queues.book("ada");

		assertThat(this.storage.rounds()).containsExactly("book ada");
		this.storage.last().answer(BookingOutcome.BOOKED);
		assertThat(this.queues.answers()).containsExactly("ada BOOKED");
		this.queues.assertNothingIsLeft();
	}

	@Test
	void sendsNothingBeforeASubscription() {
		this.queues.queues().submit(TestQueues.GALA, new Request.Booking(new UserId("ada")));

		assertThat(this.storage.rounds()).isEmpty();
		this.queues.assertNothingIsLeft();
	}

	@Test
	void passesTheEventToTheStorage() {
		this.queues.submit(OTHER, new Request.Booking(new UserId("ada")));

		assertThat(this.storage.last().event()).isEqualTo(OTHER);
	}

	@Test
	void sendsWaitingRequestsInOneBatch() {
		this.queues.bookAll("ada", "bob", "eve");
		assertThat(this.storage.rounds()).containsExactly("book ada");

		this.storage.last().answer(BookingOutcome.BOOKED);

		assertThat(this.storage.rounds()).containsExactly("book ada", "book bob, book eve");
		this.storage.last().answer(BookingOutcome.BOOKED, BookingOutcome.SOLD_OUT);
		assertThat(this.queues.answers()).containsExactly("ada BOOKED", "bob BOOKED", "eve SOLD_OUT");
	}

	@Test
	void sendsBookingsAndCancellationsInOneBatchInOrderOfArrival() {
		this.queues.cancel("ada");
		this.queues.book("bob");
		this.queues.cancel("eve");
		this.queues.book("joe");
		this.queues.cancel("tim");
		this.storage.last().answer(ReleaseOutcome.RELEASED);

		assertThat(this.storage.rounds()).containsExactly("cancel ada", "book bob, cancel eve, book joe, cancel tim");
		this.storage.last()
			.answer(BookingOutcome.BOOKED, ReleaseOutcome.NOT_REGISTERED, BookingOutcome.SOLD_OUT,
					ReleaseOutcome.RELEASED);
		assertThat(this.queues.answers()).containsExactly("ada RELEASED", "bob BOOKED", "eve NOT_REGISTERED",
				"joe SOLD_OUT", "tim RELEASED");
		this.queues.assertNothingIsLeft();
	}

	@Test
	void answersEachRequestWhenItIsDecidedInAnyOrder() {
		this.queues.bookAll("ada", "bob", "eve");
		this.storage.last().answer(BookingOutcome.BOOKED);

		this.storage.last().decide("eve", BookingOutcome.BOOKED);

		assertThat(this.queues.answers()).containsExactly("ada BOOKED", "eve BOOKED");
		this.storage.last().decide("bob", BookingOutcome.SOLD_OUT);
		assertThat(this.queues.answers()).containsExactly("ada BOOKED", "eve BOOKED", "bob SOLD_OUT");
	}

	@Test
	void startsTheNextRoundWhenTheStorageHasCompleted() {
		this.queues.bookAll("ada", "bob");

		this.storage.last().decide("ada", BookingOutcome.BOOKED);

		assertThat(this.queues.answers()).containsExactly("ada BOOKED");
		assertThat(this.storage.rounds()).containsExactly("book ada");
	}

	@Test
	void roundsOfDifferentEventsDoNotWaitForEachOther() {
		this.queues.book("ada");
		this.queues.submit(OTHER, new Request.Booking(new UserId("bob")));

		assertThat(this.storage.rounds()).containsExactly("book ada", "book bob");
		this.queues.assertOpenQueues(TestQueues.GALA, OTHER);
	}

	@Test
	void limitsTheBatch() {
		this.queues = queues(2);
		this.queues.bookAll("ada", "bob");
		this.queues.cancel("eve");
		this.queues.bookAll("joe", "tim", "zoe");

		this.storage.last().answer(BookingOutcome.BOOKED);
		this.storage.last().answer(BookingOutcome.BOOKED, ReleaseOutcome.RELEASED);
		this.storage.last().answer(BookingOutcome.BOOKED, BookingOutcome.BOOKED);

		assertThat(this.storage.rounds()).containsExactly("book ada", "book bob, cancel eve", "book joe, book tim",
				"book zoe");
	}

	@Test
	void countsEqualRequestsOfAUserForTheLimitOfTheBatch() {
		this.queues = queues(2);
		this.queues.bookAll("ada", "bob", "bob", "eve");

		this.storage.last().answer(BookingOutcome.BOOKED);
		this.storage.last().answer(BookingOutcome.BOOKED);

		assertThat(this.storage.rounds()).containsExactly("book ada", "book bob", "book eve");
	}

	@Test
	void sendsOneRequestAtATimeWhenTheLimitOfTheBatchIsOne() {
		this.queues = queues(1);
		this.queues.bookAll("ada", "bob");
		this.queues.cancel("bob");
		assertThat(this.storage.rounds()).containsExactly("book ada");

		this.storage.last().answer(BookingOutcome.BOOKED);
		assertThat(this.storage.rounds()).containsExactly("book ada", "book bob");
		this.storage.last().answer(BookingOutcome.BOOKED);
		assertThat(this.storage.rounds()).containsExactly("book ada", "book bob", "cancel bob");
		this.storage.last().answer(ReleaseOutcome.RELEASED);

		assertThat(this.queues.answers()).containsExactly("ada BOOKED", "bob BOOKED", "bob RELEASED");
		this.queues.assertNothingIsLeft();
	}

	@Test
	void sendsEqualRequestsOfAUserOnceInARound() {
		this.queues.bookAll("ada", "bob", "bob", "eve", "eve", "bob");
		this.queues.cancel("joe");
		this.queues.cancel("joe");
		this.storage.last().answer(BookingOutcome.BOOKED);

		assertThat(this.storage.rounds()).last().isEqualTo("book bob, book eve, cancel joe");
		this.storage.last().answer(BookingOutcome.BOOKED, BookingOutcome.SOLD_OUT, ReleaseOutcome.RELEASED);

		assertThat(this.queues.answers()).containsExactly("ada BOOKED", "bob BOOKED", "bob ALREADY_REGISTERED",
				"bob ALREADY_REGISTERED", "eve SOLD_OUT", "eve SOLD_OUT", "joe RELEASED", "joe NOT_REGISTERED");
		this.queues.assertNothingIsLeft();
	}

	@Test
	void sendsAnEqualRequestAgainInALaterRound() {
		this.queues.bookAll("ada", "ada");

		this.storage.last().answer(BookingOutcome.BOOKED);

		assertThat(this.storage.rounds()).containsExactly("book ada", "book ada");
	}

	@Test
	void decidesOppositeRequestsOfAUserInConsecutiveRounds() {
		this.queues.bookAll("ada", "bob");
		this.queues.cancel("bob");
		this.queues.book("bob");
		this.queues.book("eve");
		this.storage.last().answer(BookingOutcome.BOOKED);
		this.storage.last().answer(BookingOutcome.ALREADY_REGISTERED, BookingOutcome.BOOKED);
		this.storage.last().answer(ReleaseOutcome.RELEASED);
		this.storage.last().answer(BookingOutcome.BOOKED);

		assertThat(this.storage.rounds()).containsExactly("book ada", "book bob, book eve", "cancel bob", "book bob");
		assertThat(this.queues.answers()).containsExactly("ada BOOKED", "bob ALREADY_REGISTERED", "eve BOOKED",
				"bob RELEASED", "bob BOOKED");
		this.queues.assertNothingIsLeft();
	}

	@Test
	void sendsADeferredRequestBeforeLaterRequests() {
		this.queues.bookAll("ada", "bob");
		this.queues.cancel("bob");
		this.storage.last().answer(BookingOutcome.BOOKED);
		this.queues.book("eve");
		this.queues.book("bob");
		this.queues.cancel("bob");

		this.storage.last().answer(BookingOutcome.BOOKED);

		assertThat(this.storage.rounds()).last().isEqualTo("cancel bob, book eve");
		this.storage.last().answer(ReleaseOutcome.RELEASED, BookingOutcome.BOOKED);
		assertThat(this.storage.rounds()).last().isEqualTo("book bob");
		this.storage.last().answer(BookingOutcome.BOOKED);
		assertThat(this.storage.rounds()).last().isEqualTo("cancel bob");
	}

	@Test
	void deferredRequestsOfManyUsersKeepTheirOrderWithinTheLimitOfTheBatch() {
		this.queues = queues(2);
		this.queues.bookAll("ada", "bob");
		this.queues.cancel("bob");
		this.queues.book("eve");
		this.queues.cancel("eve");
		this.queues.book("eve");
		this.queues.book("joe");
		this.storage.last().answer(BookingOutcome.BOOKED);
		this.storage.last().answer(BookingOutcome.BOOKED, BookingOutcome.BOOKED);
		this.storage.last().answer(ReleaseOutcome.RELEASED, ReleaseOutcome.RELEASED);
		this.storage.last().answer(BookingOutcome.BOOKED, BookingOutcome.BOOKED);

		assertThat(this.storage.rounds()).containsExactly("book ada", "book bob, book eve", "cancel bob, cancel eve",
				"book eve, book joe");
		this.queues.assertNothingIsLeft();
	}

	@Test
	void aPartyIsOneRequestOfARound() {
		this.queues.book("first");
		this.queues.book("ada");
		this.queues.bookParty("bob", "eve");
		this.queues.hold("joe");
		this.storage.last().grant();

		assertThat(this.storage.rounds()).last().isEqualTo("book ada, book bob+eve, hold joe");
		this.storage.last().grant();
		assertThat(this.queues.answers()).containsExactly("first BOOKED", "ada BOOKED",
				"bob+eve BOOKED booked bob+eve before ", "joe HELD");
		this.queues.assertNothingIsLeft();
	}

	@Test
	void sendsEqualPartiesOnceInARound() {
		this.queues.book("first");
		this.queues.bookParty("ada", "bob");
		this.queues.bookParty("ada", "bob");
		this.storage.last().grant();

		assertThat(this.storage.rounds()).last().isEqualTo("book ada+bob");
		this.storage.last().grant();
		assertThat(this.queues.answers()).containsExactly("first BOOKED", "ada+bob BOOKED booked ada+bob before ",
				"ada+bob ALREADY_REGISTERED booked  before ada+bob");
		assertThat(this.changed).hasSize(2);
	}

	@Test
	void decidesAPartyAndOtherRequestsOfItsUsersInTheirOrder() {
		this.queues.book("first");
		this.queues.cancel("bob");
		this.queues.bookParty("ada", "bob");
		this.queues.book("ada");
		this.queues.bookParty("bob", "ada");
		this.queues.hold("eve");
		for (int round = 0; round < 5; round++) {
			this.storage.last().grant();
		}

		assertThat(this.storage.rounds()).containsExactly("book first", "cancel bob, hold eve", "book ada+bob",
				"book ada", "book bob+ada");
		this.queues.assertNothingIsLeft();
	}

	@Test
	void aPartyExceedsTheLimitOfTheBatchOnlyAtItsEnd() {
		this.queues = queues(2);
		this.queues.book("first");
		this.queues.book("ada");
		this.queues.bookParty("bob", "eve", "joe");
		this.queues.book("tim");
		this.queues.bookParty("zoe", "max", "kim");
		this.queues.book("amy");
		for (int round = 0; round < 4; round++) {
			this.storage.last().grant();
		}

		assertThat(this.storage.rounds()).containsExactly("book first", "book ada, book bob+eve+joe",
				"book tim, book zoe+max+kim", "book amy");
		this.queues.assertNothingIsLeft();
	}

	@Test
	void failsAPartyOnceWhenItsRoundFails() {
		this.queues.bookParty("ada", "bob");

		this.storage.last().fail(new StorageException.Busy());

		assertThat(this.queues.answers()).containsExactly("ada+bob storage busy; nothing was changed");
		this.queues.assertNothingIsLeft();
	}

	@Test
	void doesNotSendAPartyThatWasCancelledWhileItWaited() {
		this.queues.book("first");
		Disposable party = this.queues.bookParty("ada", "bob");
		this.queues.cancel("bob");

		party.dispose();
		this.storage.last().grant();

		assertThat(this.storage.rounds()).last().isEqualTo("cancel bob");
	}

	@Test
	void aCancelledRequestDoesNotDeferTheOppositeRequest() {
		this.queues.book("ada");
		this.queues.book("bob").dispose();
		this.queues.cancel("bob");
		this.storage.last().answer(BookingOutcome.BOOKED);

		assertThat(this.storage.rounds()).last().isEqualTo("cancel bob");
	}

	@Test
	void doesNotSendADeferredRequestThatWasCancelled() {
		this.queues.bookAll("ada", "bob");
		Disposable caller = this.queues.cancel("bob");
		this.storage.last().answer(BookingOutcome.BOOKED);

		caller.dispose();
		this.storage.last().answer(BookingOutcome.BOOKED);

		assertThat(this.storage.rounds()).containsExactly("book ada", "book bob");
		this.queues.assertNothingIsLeft();
	}

	@Test
	void doesNotSendARequestThatWasCancelledWhileItWaited() {
		this.queues.book("ada");
		Disposable bob = this.queues.book("bob");
		this.queues.book("eve");
		this.queues.cancel("joe").dispose();

		bob.dispose();
		this.storage.last().answer(BookingOutcome.BOOKED);

		assertThat(this.storage.rounds()).containsExactly("book ada", "book eve");
		this.storage.last().answer(BookingOutcome.BOOKED);
		assertThat(this.queues.answers()).containsExactly("ada BOOKED", "eve BOOKED");
		this.queues.assertNothingIsLeft();
	}

	@Test
	void closesWhenAllRequestsThatWaitedAreCancelled() {
		this.queues.book("ada");
		this.queues.book("bob").dispose();
		this.storage.last().answer(BookingOutcome.BOOKED);
		this.queues.assertNothingIsLeft();

		this.queues.book("eve");

		assertThat(this.storage.rounds()).containsExactly("book ada", "book eve");
	}

	@Test
	void decidesARequestThatWasCancelledAfterItWasSent() {
		Disposable ada = this.queues.book("ada");
		this.queues.book("bob");

		ada.dispose();
		assertThat(this.storage.last().isCancelled()).isFalse();
		assertThat(this.storage.rounds()).containsExactly("book ada");
		this.storage.last().answer(BookingOutcome.BOOKED);
		this.storage.last().answer(BookingOutcome.BOOKED);

		assertThat(this.changed).containsExactly(TestQueues.GALA, TestQueues.GALA);
		assertThat(this.queues.answers()).containsExactly("bob BOOKED");
		this.queues.assertNothingIsLeft();
	}

	@Test
	void reportsAChangeForEachDecisionThatChangedTheEvent() {
		this.queues.bookAll("ada", "bob");
		this.queues.cancel("eve");
		this.queues.book("joe");
		this.queues.cancel("tim");
		this.storage.last().answer(BookingOutcome.SOLD_OUT);
		assertThat(this.changed).isEmpty();

		this.storage.last()
			.answer(BookingOutcome.BOOKED, ReleaseOutcome.RELEASED, BookingOutcome.ALREADY_REGISTERED,
					ReleaseOutcome.NOT_REGISTERED);

		assertThat(this.changed).hasSize(2).containsOnly(TestQueues.GALA);
	}

	@Test
	void reportsAChangeBeforeTheCallerGetsItsAnswer() {
		List<Integer> changes = new ArrayList<>();
		this.queues.queues()
			.submit(TestQueues.GALA, new Request.Booking(new UserId("ada")))
			.subscribe((outcome) -> changes.add(this.changed.size()));

		this.storage.last().answer(BookingOutcome.BOOKED);

		assertThat(changes).containsExactly(1);
	}

	@Test
	void reportsToTheMonitorHowAndWhenEachRequestEnds() {
		List<Object> reports = new ArrayList<>();
		this.queues = queues(TestQueues.limits(256, 10, 4), recording(reports), this.scheduler);

		this.queues.bookAll("ada", "bob", "eve");
		Disposable joe = this.queues.book("joe");
		this.queues.book("tim");
		joe.dispose();
		this.scheduler.advanceTimeBy(Duration.ofMillis(5));
		this.storage.last().answer(BookingOutcome.BOOKED);
		this.queues.book("zoe");
		this.scheduler.advanceTimeBy(Duration.ofSeconds(2));
		this.storage.last().fail(new IllegalStateException("gone"));

		assertThat(reports).containsExactly("wait started", "wait started", "wait started", "tim FULL in 0",
				"wait ended after 0", "joe cancelled in 0", "ada BOOKED in 5", "round of 1", "wait ended after 5",
				"wait ended after 5", "wait started", "wait ended after 2000", "zoe LATE in 2000", "gone", "round of 2",
				"bob gone in 2005", "eve gone in 2005");
	}

	private static BookingMonitor recording(List<Object> reports) {
		return new BookingMonitor() {

			@Override
			public void waitStarted() {
				reports.add("wait started");
			}

			@Override
			public void waitEnded(Duration time) {
				reports.add("wait ended after " + time.toMillis());
			}

			@Override
			public void decided(Request request, Outcome outcome, Duration time) {
				reports.add(Requests.user(request) + " " + outcome + " in " + time.toMillis());
			}

			@Override
			public void failed(Request request, Throwable fault, Duration time) {
				String why = (fault instanceof OverloadedException rejection) ? rejection.reason().name()
						: fault.getMessage();
				reports.add(Requests.user(request) + " " + why + " in " + time.toMillis());
			}

			@Override
			public void cancelled(Request request, Duration time) {
				reports.add(Requests.user(request) + " cancelled in " + time.toMillis());
			}

			@Override
			public void roundEnded(int requests) {
				reports.add("round of " + requests);
			}

			@Override
			public void storageFailed(Throwable fault) {
				reports.add(fault.getMessage());
			}

		};
	}

	@Test
	void aFaultFailsUndecidedRequestsOnlyAndTheNextRoundStarts() {
		this.queues.bookAll("ada", "bob", "bob", "eve");
		this.storage.last().answer(BookingOutcome.BOOKED);
		this.queues.book("joe");

		this.storage.last().decide("eve", BookingOutcome.ALREADY_REGISTERED);
		this.storage.last().fail(new StorageException.OutcomeUnknown(new IllegalStateException()));

		assertThat(this.queues.answers()).containsExactly("ada BOOKED", "eve ALREADY_REGISTERED", "bob " + UNKNOWN,
				"bob " + UNKNOWN);
		assertThat(this.storage.rounds()).last().isEqualTo("book joe");
		assertThat(this.changed).hasSize(2);
	}

	@Test
	void doesNotReportAChangeForAFaultThatChangedNothing() {
		this.queues.book("ada");

		this.storage.last().fail(new StorageException.Busy());

		assertThat(this.queues.answers()).containsExactly("ada storage busy; nothing was changed");
		assertThat(this.changed).isEmpty();
	}

	@Test
	void endsARoundAtItsTimeout() {
		this.queues.book("ada");
		this.queues.cancel("bob");
		ControlledStorage.Call hanging = this.storage.last();

		this.scheduler.advanceTimeBy(QueueSettings.DEFAULTS.roundTimeout().minusNanos(1));
		assertThat(this.queues.answers()).containsExactly("bob LATE");
		this.queues.book("eve");
		this.scheduler.advanceTimeBy(Duration.ofNanos(1));

		assertThat(hanging.isCancelled()).isTrue();
		assertThat(this.queues.answers()).containsExactly("bob LATE", "ada " + UNKNOWN);
		assertThat(this.changed).containsExactly(TestQueues.GALA);
		assertThat(this.storage.rounds()).containsExactly("book ada", "book eve");
	}

	@Test
	void theTimeoutOfARoundDoesNotEndTheNextRound() {
		this.queues.bookAll("ada", "bob");
		this.scheduler.advanceTimeBy(Duration.ofSeconds(1));
		this.storage.last().answer(BookingOutcome.BOOKED);

		this.scheduler.advanceTimeBy(QueueSettings.DEFAULTS.roundTimeout().minusNanos(1));
		assertThat(this.storage.last().isCancelled()).isFalse();
		this.scheduler.advanceTimeBy(Duration.ofNanos(1));

		assertThat(this.storage.last().isCancelled()).isTrue();
	}

	@Test
	void rejectsOnlyARequestThatWaitedTooLong() {
		this.queues.book("ada");
		this.queues.book("bob");
		this.scheduler.advanceTimeBy(Duration.ofSeconds(1));
		this.queues.book("eve");

		this.scheduler.advanceTimeBy(Duration.ofSeconds(1));

		assertThat(this.queues.answers()).containsExactly("bob LATE");
		this.storage.last().answer(BookingOutcome.BOOKED);
		assertThat(this.storage.rounds()).last().isEqualTo("book eve");
		this.scheduler.advanceTimeBy(Duration.ofSeconds(2));
		assertThat(this.queues.answers()).containsExactly("bob LATE", "ada BOOKED");
	}

	@Test
	void rejectsADeferredRequestThatWaitedTooLong() {
		this.queues.bookAll("ada", "bob");
		this.queues.cancel("bob");
		this.storage.last().answer(BookingOutcome.BOOKED);

		this.scheduler.advanceTimeBy(Duration.ofSeconds(2));

		assertThat(this.queues.answers()).containsExactly("ada BOOKED", "bob LATE");
		this.storage.last().answer(BookingOutcome.BOOKED);
		assertThat(this.storage.rounds()).containsExactly("book ada", "book bob");
		this.queues.assertNothingIsLeft();
	}

	@Test
	void leavesNoTaskInTheScheduler() {
		FaultyScheduler tasks = new FaultyScheduler();
		this.queues = queues(QueueSettings.DEFAULTS, BookingMonitor.NONE, tasks);
		this.queues.bookAll("ada", "bob", "eve");
		this.queues.book("joe").dispose();
		assertThat(tasks.pendingTasks()).isEqualTo(3);

		this.storage.last().answer(BookingOutcome.BOOKED);
		assertThat(tasks.pendingTasks()).isEqualTo(1);
		this.storage.last().answer(BookingOutcome.BOOKED, BookingOutcome.BOOKED);

		assertThat(tasks.pendingTasks()).isZero();
		this.queues.assertNothingIsLeft();
	}

	/** Another thread starts the next round while the timeout is being scheduled. */
	@Test
	void aRequestThatIsSentBeforeItsTimeoutIsScheduledDoesNotWait() {
		List<Object> reports = new ArrayList<>();
		FaultyScheduler tasks = new FaultyScheduler();
		this.queues = queues(QueueSettings.DEFAULTS, recording(reports), tasks);
		this.queues.book("ada");
		tasks.whileScheduling(() -> this.storage.last().answer(BookingOutcome.BOOKED));

		this.queues.book("bob");

		assertThat(reports).filteredOn((what) -> !what.toString().startsWith("ada"))
			.containsExactly("wait started", "round of 1", "wait ended after 0");
		assertThat(tasks.pendingTasks()).isEqualTo(1);
		this.storage.last().answer(BookingOutcome.BOOKED);
		assertThat(this.queues.answers()).containsExactly("ada BOOKED", "bob BOOKED");
		assertThat(tasks.pendingTasks()).isZero();
		this.queues.assertNothingIsLeft();
	}

	@Test
	void passesTheContextOfTheFirstCallerOfARoundToTheStorage() {
		this.queues.book("ada");
		Stream.of("bob", "eve")
			.forEach((user) -> this.queues.queues()
				.submit(TestQueues.GALA, new Request.Booking(new UserId(user)))
				.contextWrite((context) -> context.put("trace", user))
				.subscribe());
		assertThat(this.storage.last().context().hasKey("trace")).isFalse();

		this.storage.last().answer(BookingOutcome.BOOKED);

		assertThat(this.storage.last().context().<String>get("trace")).isEqualTo("bob");
	}

	@Test
	void aCallerCanSubmitItsNextRequestWhenItGetsItsAnswer() {
		this.queues.queues()
			.submit(TestQueues.GALA, new Request.Booking(new UserId("ada")))
			.subscribe((outcome) -> this.queues.cancel("ada"));

		this.storage.last().answer(BookingOutcome.BOOKED);

		assertThat(this.storage.rounds()).containsExactly("book ada", "cancel ada");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, AnswerSlices.SIZE })
	void answersASmallRoundAtOnce(int size) {
		HeldTasks tasks = new HeldTasks();
		this.queues = queues(QueueSettings.DEFAULTS, BookingMonitor.NONE, tasks);
		startRoundOf(size);

		this.storage.last().answer(times(size, BookingOutcome.BOOKED));

		assertThat(this.queues.answers()).hasSize(1 + size);
		assertThat(tasks.waiting).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void answersALargeRoundInSlicesWhileTheNextRoundIsUnderWay(End end) {
		HeldTasks tasks = new HeldTasks();
		this.queues = queues(QueueSettings.DEFAULTS, BookingMonitor.NONE, tasks);
		startRoundOf(100);
		this.queues.book("zoe");

		end.of(this.storage.last());

		assertThat(this.storage.rounds()).last().isEqualTo("book zoe");
		assertThat(this.queues.answers()).containsExactly("first BOOKED");
		List<Integer> answered = new ArrayList<>();
		while (!tasks.waiting.isEmpty()) {
			assertThat(tasks.waiting).hasSize(1);
			tasks.waiting.remove().run();
			answered.add(this.queues.answers().size() - 1);
		}
		assertThat(answered).containsExactly(8, 16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 100);
		assertThat(this.queues.answers().subList(1, 101))
			.containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(end::answer).toList());
		this.storage.last().answer(BookingOutcome.BOOKED);
		this.queues.assertNothingIsLeft();
	}

	@Test
	void aQueueIsOpenUntilTheLastAnswerOfALargeRoundIsSent() {
		HeldTasks tasks = new HeldTasks();
		this.queues = queues(QueueSettings.DEFAULTS, BookingMonitor.NONE, tasks);
		startRoundOf(9);
		this.storage.last().answer(times(9, BookingOutcome.BOOKED));
		tasks.waiting.remove().run();
		this.queues.assertOpenQueues(TestQueues.GALA);

		this.queues.book("zoe");
		assertThat(this.storage.rounds()).last().isEqualTo("book zoe");
		this.storage.last().answer(BookingOutcome.BOOKED);
		this.queues.assertOpenQueues(TestQueues.GALA);
		tasks.waiting.remove().run();

		assertThat(this.queues.answers()).hasSize(11).contains("user-8 BOOKED", "zoe BOOKED");
		this.queues.assertNothingIsLeft();
	}

	/** Starts a round with bookings of user-0, user-1 and so on. */
	private void startRoundOf(int size) {
		this.queues.book("first");
		IntStream.range(0, size).forEach((number) -> this.queues.book("user-" + number));
		this.storage.last().answer(BookingOutcome.BOOKED);
		assertThat(this.storage.last().requests()).hasSize(size);
	}

	/** How a large round ends. */
	enum End {

		DECIDED {

			@Override
			void of(ControlledStorage.Call round) {
				round.answer(times(100, BookingOutcome.BOOKED));
			}

			@Override
			String answer(int number) {
				return "user-" + number + " BOOKED";
			}

		},

		FAILED {

			@Override
			void of(ControlledStorage.Call round) {
				round.fail(new IllegalStateException("gone"));
			}

			@Override
			String answer(int number) {
				return "user-" + number + " gone";
			}

		};

		abstract void of(ControlledStorage.Call round);

		abstract String answer(int number);

	}

	/**
	 * Collects tasks without a delay for the test to run, and never runs delayed tasks.
	 */
	private static final class HeldTasks implements Scheduler {

		private final Deque<Runnable> waiting = new ArrayDeque<>();

		@Override
		public Disposable schedule(Runnable task) {
			this.waiting.add(task);
			return () -> this.waiting.remove(task);
		}

		@Override
		public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
			return () -> {
			};
		}

		@Override
		public Worker createWorker() {
			throw new UnsupportedOperationException();
		}

	}

}
