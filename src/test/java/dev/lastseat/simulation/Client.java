package dev.lastseat.simulation;

import dev.lastseat.booking.OverloadedException;
import dev.lastseat.booking.StorageException;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * Executes a step: sends its request, waits for the answer or cancels, and repeats the
 * request after a failure, like a client that repeats a {@code PUT}.
 */
final class Client {

	/** Between a failure and the next attempt, in microseconds. */
	private static final long RETRY_DELAY = 500;

	private final Step step;

	private final Mono<?> call;

	private final VirtualTime time;

	private final SimulationStatistics statistics;

	private Disposable subscription = Disposables.disposed();

	private int repeats;

	private @Nullable String violation;

	/**
	 * @param call the request of the step; each subscription sends it once
	 */
	Client(Step step, Mono<?> call, VirtualTime time, SimulationStatistics statistics) {
		StepContext stepContext = StepContext.of(step);
		this.step = step;
		this.call = call.switchIfEmpty(Mono.error(() -> new IllegalStateException("no outcome")))
			.contextWrite((context) -> context.put(StepContext.class, stepContext));
		this.time = time;
		this.statistics = statistics;
		this.repeats = step.repeats();
	}

	void start() {
		this.time.in(this.step.start(), this::send);
	}

	private void send() {
		Disposable current = this.call.subscribe((outcome) -> {
		}, this::failed);
		this.subscription = current;
		if (this.step.timeout() != Step.FOREVER) {
			this.time.in(this.step.timeout(), () -> cancel(current));
		}
	}

	private void cancel(Disposable current) {
		if (!current.isDisposed()) {
			this.statistics.fault(Fault.CANCELLED);
			current.dispose();
			retry();
		}
	}

	private void failed(Throwable fault) {
		if (fault instanceof OverloadedException) {
			this.statistics.fault(Fault.REJECTED);
		}
		else if (!(fault instanceof StorageException)) {
			this.violation = this.step + " failed with an exception that is neither a storage fault nor overload: "
					+ fault;
		}
		if (fault instanceof StorageException.Busy) {
			this.statistics.busy();
		}
		retry();
	}

	private void retry() {
		if (this.repeats > 0) {
			this.repeats--;
			this.time.in(RETRY_DELAY, this::send);
		}
	}

	/**
	 * Call this when all steps are finished.
	 * @return what is wrong with the answers; null when they are correct
	 */
	@Nullable String violation() {
		return this.subscription.isDisposed() ? this.violation : this.step + " was never answered";
	}

}
