package dev.lastseat.booking.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import dev.lastseat.booking.AnswerPacers;
import dev.lastseat.booking.BookingMonitor;
import dev.lastseat.booking.EventId;
import org.assertj.core.api.InstanceOfAssertFactories;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.ContextView;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Shared reads of a storage whose reads the test ends. A logical clock orders the calls
 * and the starts of reads; the answer of a read is the time of its start.
 */
final class ControlledReads {

	static final EventId GALA = new EventId("gala");

	/** The limit of the wait for the end of a read. */
	static final Duration MAX_WAIT = Duration.ofSeconds(2);

	private final AtomicLong clock = new AtomicLong();

	private final List<Read> started = new ArrayList<>();

	private final List<Call> calls = new ArrayList<>();

	private final List<Throwable> reported = new ArrayList<>();

	private final SharedReads<String, Long> reads;

	/** Chooses what happens to a read when it starts. */
	private Start start = Read::answerLater;

	ControlledReads(int maxCallers, Scheduler scheduler) {
		this(maxCallers, scheduler, AnswerPacers.of(scheduler));
	}

	/**
	 * @param pacers run the answers
	 */
	ControlledReads(int maxCallers, Scheduler scheduler, AnswerPacers pacers) {
		this(maxCallers, scheduler, pacers, (fault) -> {
		});
	}

	/**
	 * @param onFault called for each reported fault
	 */
	ControlledReads(int maxCallers, Scheduler scheduler, AnswerPacers pacers, Consumer<Throwable> onFault) {
		BookingMonitor monitor = new BookingMonitor() {

			@Override
			public void storageFailed(Throwable fault) {
				ControlledReads.this.reported.add(fault);
				onFault.accept(fault);
			}

		};
		this.reads = new SharedReads<>(this::read, maxCallers, MAX_WAIT, new Callbacks(monitor, (event) -> {
		}), scheduler, new AnswersByThread(pacers));
	}

	void onStart(Start start) {
		this.start = start;
	}

	private Mono<Long> read(EventId event, Set<String> questions) {
		Read read = new Read(event, questions, this.clock.incrementAndGet());
		this.started.add(read);
		Mono<Long> answer = this.start.answer(read);
		return Mono.deferContextual((context) -> {
			read.context = context;
			return answer;
		});
	}

	SharedReads<String, Long> reads() {
		return this.reads;
	}

	Call call(String question) {
		return call(GALA, question);
	}

	Call call(EventId event, String question) {
		Call call = new Call(this.clock.incrementAndGet());
		this.calls.add(call);
		call.subscription = this.reads.read(event, question)
			.subscribe((answer) -> call.answers.add(String.valueOf(answer)),
					(fault) -> call.answers.add(fault.getMessage()), () -> call.completed = true);
		return call;
	}

	/**
	 * @param number of the read, from 0, in order of their starts
	 */
	Read started(int number) {
		return this.started.get(number);
	}

	List<Read> started() {
		return this.started;
	}

	/** The reads that have not ended, in order of their starts. */
	List<Read> underWay() {
		return this.started.stream().filter((read) -> !read.ended).toList();
	}

	/** The calls without an answer that were not cancelled, in order of arrival. */
	List<Call> unanswered() {
		return this.calls.stream()
			.filter((call) -> !call.cancelled && !call.completed && call.answers.isEmpty())
			.toList();
	}

	List<Call> calls() {
		return this.calls;
	}

	/** The faults that the monitor has got. */
	List<Throwable> reported() {
		return this.reported;
	}

	void assertNothingIsLeft() {
		assertThat(this.reads).extracting("queues").asInstanceOf(InstanceOfAssertFactories.MAP).isEmpty();
	}

	/** What happens to a read when it starts. */
	@FunctionalInterface
	interface Start {

		Mono<Long> answer(Read read);

	}

	/** A read that has started. */
	static final class Read {

		private final EventId event;

		private final Set<String> questions;

		private final long start;

		private final Sinks.One<Long> end = Sinks.one();

		private boolean ended;

		private ContextView context;

		private Read(EventId event, Set<String> questions, long start) {
			this.event = event;
			this.questions = questions;
			this.start = start;
		}

		EventId event() {
			return this.event;
		}

		Set<String> questions() {
			return this.questions;
		}

		ContextView context() {
			return this.context;
		}

		Mono<Long> answerLater() {
			return this.end.asMono();
		}

		Mono<Long> answerAtOnce() {
			this.ended = true;
			return Mono.just(this.start);
		}

		void answer() {
			this.ended = true;
			this.end.emitValue(this.start, Sinks.EmitFailureHandler.FAIL_FAST);
		}

		void findNothing() {
			this.ended = true;
			this.end.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
		}

		void fail(String message) {
			this.ended = true;
			this.end.emitError(new IllegalStateException(message), Sinks.EmitFailureHandler.FAIL_FAST);
		}

		RuntimeException throwAtOnce(String message) {
			this.ended = true;
			throw new IllegalStateException(message);
		}

	}

	/** A call and what its caller got. */
	static final class Call {

		private final long arrival;

		private final List<String> answers = new ArrayList<>();

		private Disposable subscription;

		private boolean completed;

		private boolean cancelled;

		private Call(long arrival) {
			this.arrival = arrival;
		}

		/** The answer, or the message of the fault. */
		List<String> answers() {
			return this.answers;
		}

		boolean completed() {
			return this.completed;
		}

		boolean cancelled() {
			return this.cancelled;
		}

		void cancel() {
			this.cancelled = true;
			this.subscription.dispose();
		}

		/** The answer is the start of a read after the arrival of the call. */
		boolean isAnsweredByALaterRead() {
			return this.answers.stream().allMatch((start) -> Long.parseLong(start) > this.arrival);
		}

	}

}
