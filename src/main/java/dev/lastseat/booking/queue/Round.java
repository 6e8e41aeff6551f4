package dev.lastseat.booking.queue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.lastseat.booking.Decision;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.StorageException;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * Sends a batch to the storage and answers its requests. A round ends exactly once, even
 * when the storage throws, violates its contract or never answers. When it has ended,
 * each request of the batch has its answer, or its answer is queued.
 */
final class Round extends BaseSubscriber<Decision> {

	private final EventId event;

	private final Batch batch;

	private final int size;

	private final Context context;

	private final Callbacks callbacks;

	private final Scheduler scheduler;

	private final Runnable afterRound;

	private volatile Disposable timeout = Disposables.disposed();

	/** Guarded by this, like the batch. */
	private boolean ended;

	/**
	 * @param batch contains one request or more
	 * @param afterRound run once, when the round has ended
	 */
	Round(EventId event, Batch batch, Callbacks callbacks, Scheduler scheduler, Runnable afterRound) {
		this.event = event;
		this.batch = batch;
		this.size = batch.size();
		this.context = Context.of(batch.first().context());
		this.callbacks = callbacks;
		this.scheduler = scheduler;
		this.afterRound = afterRound;
	}

	void start(EventRepository events, Duration limit) {
		try {
			this.timeout = this.scheduler.schedule(this::timeOut, limit.toNanos(), TimeUnit.NANOSECONDS);
			events.decide(this.event, this.batch.requests()).subscribe(this);
		}
		catch (Throwable fault) {
			end(fault);
		}
	}

	/**
	 * The context of the caller of the first request, so that the command appears in the
	 * trace of one request.
	 */
	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	protected void hookOnNext(Decision decision) {
		try {
			apply(decision);
		}
		catch (Throwable fault) {
			end(fault);
		}
	}

	private void apply(Decision decision) {
		Outcome outcome = decision.outcome();
		if (outcome.changedEvent()) {
			this.callbacks.mayHaveChanged(this.event);
		}
		List<PendingRequest> decided;
		synchronized (this) {
			decided = this.batch.removeDecided(decision.request());
		}
		for (PendingRequest request : decided) {
			answer(request, () -> request
				.answer((request == decided.get(0)) ? outcome : outcome.ifRepeated(decision.request())));
		}
	}

	@Override
	protected void hookOnComplete() {
		end(null);
	}

	@Override
	protected void hookOnError(Throwable fault) {
		end(fault);
	}

	private void timeOut() {
		end(new StorageException.OutcomeUnknown(new TimeoutException()));
		Callbacks.call(this::cancel);
	}

	private void end(@Nullable Throwable fault) {
		List<PendingRequest> undecided;
		synchronized (this) {
			if (this.ended) {
				return;
			}
			this.ended = true;
			undecided = this.batch.removeUndecided();
		}
		if (fault != null) {
			this.callbacks.writeFailed(this.event, fault);
		}
		this.callbacks.roundEnded(this.size);
		Callbacks.call(this.timeout::dispose);
		Throwable reason = (fault != null) ? fault : new IllegalStateException("no outcome");
		undecided.forEach((request) -> answer(request, () -> request.fail(reason)));
		this.afterRound.run();
	}

	private void answer(PendingRequest request, Runnable answer) {
		request.answers().send(answer, this.size);
	}

}
