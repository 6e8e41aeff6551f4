package dev.lastseat.booking.queue;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.lastseat.CapturedLog;
import dev.lastseat.booking.AnswerPacers;
import dev.lastseat.booking.BookingMonitor;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeListener;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.OverloadedException;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An exception of the monitor, the listener or a caller is logged and changes nothing for
 * other requests.
 */
class EventQueueCallbacksTest {

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.booking.queue", "reactor.core");

	private final ControlledStorage storage = new ControlledStorage();

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	private final Callback callback = new Callback();

	private final TestQueues queues = new TestQueues(this.storage.asRepository(), this.callback, this.callback,
			TestQueues.limits(256, 100, 50), this.scheduler);

	/** A method of the monitor or the listener. */
	enum Method {

		WAIT_STARTED, WAIT_ENDED, DECIDED, FAILED, CANCELLED, ROUND_ENDED, STORAGE_FAILED, MAY_HAVE_CHANGED

	}

	private static Stream<Arguments> withKinds(Enum<?>... values) {
		return Arrays.stream(values)
			.flatMap((value) -> Arrays.stream(FaultKind.values()).map((kind) -> Arguments.of(value, kind)));
	}

	static Stream<Arguments> methods() {
		return withKinds(Method.values());
	}

	static Stream<Arguments> signals() {
		return withKinds(Signal.values());
	}

	@ParameterizedTest
	@MethodSource("methods")
	void anExceptionOfACallbackChangesNoOutcome(Method method, FaultKind kind) {
		this.callback.fail(method, kind);
		TestQueues small = new TestQueues(this.storage.asRepository(), this.callback, this.callback,
				TestQueues.limits(256, 100, 5), this.scheduler);

		small.bookAll("ada", "bob");
		small.cancel("eve");
		small.book("joe");
		small.cancel("kim").dispose();
		small.book("lea");
		small.book("max");
		this.storage.last().answer(BookingOutcome.BOOKED);
		this.storage.last().decide("bob", BookingOutcome.BOOKED);
		this.storage.last().decide("eve", ReleaseOutcome.RELEASED);
		this.storage.last().decide("joe", BookingOutcome.SOLD_OUT);
		small.book("sam");
		this.scheduler.advanceTimeBy(Duration.ofSeconds(2));
		small.book("tim");
		this.storage.last().fail(new StorageException.OutcomeUnknown(new IllegalStateException()));
		this.storage.last().answer(BookingOutcome.BOOKED);

		assertThat(small.answers()).containsExactly("max FULL", "ada BOOKED", "bob BOOKED", "eve RELEASED",
				"joe SOLD_OUT", "sam LATE", "lea the storage did not confirm in time; the outcome is unknown",
				"tim BOOKED");
		assertThat(this.storage.rounds()).containsExactly("book ada", "book bob, cancel eve, book joe, book lea",
				"book tim");
		small.assertNothingIsLeft();
		assertLogged(kind);
	}

	private void assertLogged(FaultKind kind) {
		assertThat(this.log.lines()).isNotEmpty()
			.allMatch((line) -> line.startsWith("ERROR A callback failed: " + kind.fault()));
	}

	@ParameterizedTest
	@MethodSource("signals")
	void anExceptionOfACallerAffectsNoOtherCaller(Signal signal, FaultKind kind) {
		for (int size : List.of(3, 40)) {
			ThrowingCaller caller = new ThrowingCaller(signal, kind);
			this.queues.answers().clear();
			this.queues.book("first");
			this.queues.book("user-1");
			this.queues.queues().submit(TestQueues.GALA, new Request.Booking(new UserId("broken"))).subscribe(caller);
			IntStream.range(2, size).forEach((number) -> this.queues.book("user-" + number));

			this.storage.last().answer(BookingOutcome.BOOKED);
			this.queues.cancel("next");
			signal.cause(this);

			assertThat(caller.called).isTrue();
			assertThat(this.queues.answers()).hasSize(size).doesNotHaveDuplicates();
			this.storage.last().answer(ReleaseOutcome.RELEASED);
			assertThat(this.queues.answers()).last().isEqualTo("next RELEASED");
			this.queues.assertNothingIsLeft();
			if (signal == Signal.ERROR) {
				assertLogged(kind);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void aRejectedCallerThatThrowsIsCountedAndAffectsNoOtherCaller(FaultKind kind) {
		ThrowingCaller caller = new ThrowingCaller(Signal.ERROR, kind);
		this.queues.book("first");
		this.queues.queues().submit(TestQueues.GALA, new Request.Booking(new UserId("broken"))).subscribe(caller);
		this.queues.book("other");

		this.scheduler.advanceTimeBy(Duration.ofSeconds(2));

		assertThat(caller.called).isTrue();
		assertThat(this.callback.rejected).containsExactly(OverloadedException.Reason.LATE,
				OverloadedException.Reason.LATE);
		assertThat(this.queues.answers()).containsExactly("other LATE");
		this.storage.last().answer(BookingOutcome.BOOKED);
		this.queues.assertNothingIsLeft();
		assertLogged(kind);
	}

	/**
	 * The fault comes before the round has started: no request is sent, and each caller
	 * gets the error.
	 */
	@ParameterizedTest
	@EnumSource
	void aFaultBeforeTheRoundFailsAllWaitingRequests(FaultKind kind) {
		QueueOfOneEvent queue = new QueueOfOneEvent();
		queue.book("first");
		queue.bookWithoutContext("bob", kind);
		queue.book("bob");
		queue.book("eve");

		this.storage.last().answer(BookingOutcome.BOOKED);

		assertThat(queue.answers).containsExactly("first BOOKED", "bob broken", "bob broken", "eve broken");
		assertThat(this.storage.rounds()).containsExactly("book first");
		assertThat(queue.isClosed()).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void decidesARequestThatArrivesDuringAFaultBeforeTheRound(FaultKind kind) {
		QueueOfOneEvent queue = new QueueOfOneEvent();
		queue.book("first");
		queue.bookWithoutContext("bob", kind);
		queue.whenFailed = () -> queue.book("next");

		this.storage.last().answer(BookingOutcome.BOOKED);

		assertThat(this.storage.rounds()).containsExactly("book first", "book next");
		this.storage.last().answer(BookingOutcome.SOLD_OUT);
		assertThat(queue.answers).containsExactly("first BOOKED", "bob broken", "next SOLD_OUT");
		assertThat(queue.isClosed()).isTrue();
	}

	/**
	 * A queue without {@link EventQueues}, so that a test can pass a sink that throws.
	 */
	private final class QueueOfOneEvent {

		private final List<String> answers = new ArrayList<>();

		private Runnable whenFailed = () -> {
		};

		private boolean closed;

		private final EventQueue queue = new EventQueue(TestQueues.GALA,
				EventQueueCallbacksTest.this.storage.asRepository(), TestQueues.limits(256, 100, 50),
				new Callbacks(BookingMonitor.NONE, (event) -> {
				}), EventQueueCallbacksTest.this.scheduler, () -> {
				}, (now) -> this.closed = true);

		private final AnswerSlices slices = new AnswerSlices(
				AnswerPacers.of(EventQueueCallbacksTest.this.scheduler).ofCurrentThread(), 8);

		void book(String user) {
			book(user, (sink) -> sink);
		}

		void bookWithoutContext(String user, FaultKind kind) {
			book(user, (sink) -> withoutContext(sink, kind));
		}

		private void book(String user, UnaryOperator<MonoSink<Outcome>> caller) {
			Mono.<Outcome>create(
					(sink) -> this.queue.submit(new Request.Booking(new UserId(user)), caller.apply(sink), this.slices))
				.subscribe((outcome) -> this.answers.add(user + " " + outcome), (fault) -> {
					this.answers.add(user + " " + fault.getMessage());
					Runnable next = this.whenFailed;
					this.whenFailed = () -> {
					};
					next.run();
				});
		}

		boolean isClosed() {
			return this.closed;
		}

		@SuppressWarnings("unchecked") // A proxy has no type parameter.
		private MonoSink<Outcome> withoutContext(MonoSink<Outcome> sink, FaultKind kind) {
			return (MonoSink<Outcome>) Proxy.newProxyInstance(MonoSink.class.getClassLoader(),
					new Class<?>[] { MonoSink.class }, (proxy, method, arguments) -> {
						if (method.getName().equals("contextView")) {
							kind.raise();
						}
						return method.invoke(sink, arguments);
					});
		}

	}

	/** The signal during which a caller throws. */
	enum Signal {

		NEXT {

			@Override
			void cause(EventQueueCallbacksTest test) {
				ControlledStorage.Call round = test.storage.last();
				round.requests().forEach((request) -> round.decide(request, BookingOutcome.BOOKED));
				round.answer();
			}

		},

		COMPLETION {

			@Override
			void cause(EventQueueCallbacksTest test) {
				NEXT.cause(test);
			}

		},

		ERROR {

			@Override
			void cause(EventQueueCallbacksTest test) {
				test.storage.last().fail(new StorageException.Busy());
			}

		};

		abstract void cause(EventQueueCallbacksTest test);

	}

	private static final class ThrowingCaller implements CoreSubscriber<Outcome> {

		private final Signal signal;

		private final FaultKind kind;

		private boolean called;

		ThrowingCaller(Signal signal, FaultKind kind) {
			this.signal = signal;
			this.kind = kind;
		}

		private void receive(Signal now) {
			if (now == this.signal) {
				this.called = true;
				this.kind.raise();
			}
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			subscription.request(1);
		}

		@Override
		public void onNext(Outcome outcome) {
			receive(Signal.NEXT);
		}

		@Override
		public void onComplete() {
			receive(Signal.COMPLETION);
		}

		@Override
		public void onError(Throwable fault) {
			receive(Signal.ERROR);
		}

	}

	private static final class Callback implements BookingMonitor, ChangeListener {

		private final List<OverloadedException.Reason> rejected = new ArrayList<>();

		private @Nullable Method failing;

		private FaultKind kind = FaultKind.EXCEPTION;

		void fail(Method method, FaultKind how) {
			this.failing = method;
			this.kind = how;
		}

		private void called(Method method) {
			if (method == this.failing) {
				this.kind.raise();
			}
		}

		@Override
		public void waitStarted() {
			called(Method.WAIT_STARTED);
		}

		@Override
		public void waitEnded(Duration time) {
			called(Method.WAIT_ENDED);
		}

		@Override
		public void decided(Request request, Outcome outcome, Duration time) {
			called(Method.DECIDED);
		}

		@Override
		public void failed(Request request, Throwable fault, Duration time) {
			if (fault instanceof OverloadedException rejection) {
				this.rejected.add(rejection.reason());
			}
			called(Method.FAILED);
		}

		@Override
		public void cancelled(Request request, Duration time) {
			called(Method.CANCELLED);
		}

		@Override
		public void roundEnded(int requests) {
			called(Method.ROUND_ENDED);
		}

		@Override
		public void storageFailed(Throwable fault) {
			called(Method.STORAGE_FAILED);
		}

		@Override
		public void mayHaveChanged(EventId event) {
			called(Method.MAY_HAVE_CHANGED);
		}

	}

}
