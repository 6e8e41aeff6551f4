package dev.lastseat.simulation;

import dev.lastseat.booking.OverloadedException;
import dev.lastseat.booking.StorageException;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * Takes a step: asks, waits or gives up, and asks the same again when that failed, like
 * somebody who repeats a {@code PUT}.
 */
final class Client {

	/** Between a failure and the next try, in microseconds. */
	private static final long PAUSE = 500;

	private final Step step;

	private final Mono<?> call;

	private final VirtualTime time;

	private final Tally tally;

	private Disposable waiting = Disposables.disposed();

	private int repeats;

	private @Nullable String objection;

	/**
	 * @param call that the step makes, for as many subscriptions as it takes
	 */
	Client(Step step, Mono<?> call, VirtualTime time, Tally tally) {
		Errand errand = Errand.of(step);
		this.step = step;
		this.call = call.switchIfEmpty(Mono.error(() -> new IllegalStateException("no outcome")))
			.contextWrite((context) -> context.put(Errand.class, errand));
		this.time = time;
		this.tally = tally;
		this.repeats = step.repeats();
	}

	void start() {
		this.time.in(this.step.start(), this::ask);
	}

	private void ask() {
		Disposable asked = this.call.subscribe((outcome) -> {
		}, this::failed);
		this.waiting = asked;
		if (this.step.patience() != Step.FOREVER) {
			this.time.in(this.step.patience(), () -> giveUp(asked));
		}
	}

	private void giveUp(Disposable asked) {
		if (!asked.isDisposed()) {
			this.tally.fault(Fault.GIVEN_UP);
			asked.dispose();
			askAgain();
		}
	}

	private void failed(Throwable fault) {
		if (fault instanceof OverloadedException) {
			this.tally.fault(Fault.TURNED_AWAY);
		}
		else if (!(fault instanceof StorageException)) {
			this.objection = this.step + " failed with what is no fault of the storage, nor overload: " + fault;
		}
		if (fault instanceof StorageException.Busy) {
			this.tally.busy();
		}
		askAgain();
	}

	private void askAgain() {
		if (this.repeats > 0) {
			this.repeats--;
			this.time.in(PAUSE, this::ask);
		}
	}

	/**
	 * @return what is wrong with the answers, once all is over; null when nothing is
	 */
	@Nullable String objection() {
		return this.waiting.isDisposed() ? this.objection : this.step + " was never answered";
	}

}
