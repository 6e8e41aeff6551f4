package dev.lastseat.booking.queue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

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
 * Has the storage decide a batch, and answers its requests. It ends once, whatever is
 * thrown or does not come: then every request of the batch has an answer, or is about to
 * get one.
 */
final class Round extends BaseSubscriber<Decision> {

	private final EventId event;

	private final Batch batch;

	private final int size;

	private final Context context;

	private final Callbacks callbacks;

	private final Scheduler scheduler;

	private final Runnable whenOver;

	private final AnswerSlices slices;

	private volatile Disposable timeout = Disposables.disposed();

	/** Guarded by this, like the batch. */
	private boolean over;

	/**
	 * @param batch with one request or more
	 * @param whenOver is run once, when the storage has nothing more to decide
	 */
	Round(EventId event, Batch batch, Callbacks callbacks, Scheduler scheduler, AnswerSlices slices,
			Runnable whenOver) {
		this.event = event;
		this.batch = batch;
		this.size = batch.size();
		this.context = Context.of(batch.first().context());
		this.callbacks = callbacks;
		this.scheduler = scheduler;
		this.whenOver = whenOver;
		this.slices = slices;
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

	/** What the storage does for the batch belongs to its first caller. */
	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	protected void hookOnNext(Decision decision) {
		try {
			decided(decision);
		}
		catch (Throwable fault) {
			end(fault);
		}
	}

	private void decided(Decision decision) {
		Outcome first = decision.outcome();
		if (first.changedEvent()) {
			this.callbacks.changed(this.event);
		}
		List<PendingRequest> decided;
		synchronized (this) {
			decided = this.batch.decide(decision.user());
		}
		answer(IntStream.range(0, decided.size())
			.<Runnable>mapToObj(
					(number) -> () -> decided.get(number).answer((number == 0) ? first : first.ifRepeated()))
			.toList());
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
			if (this.over) {
				return;
			}
			this.over = true;
			undecided = this.batch.abandon();
		}
		if (fault != null) {
			this.callbacks.storageFailed(this.event, fault);
		}
		this.callbacks.roundEnded(this.size);
		Callbacks.call(this.timeout::dispose);
		Throwable reason = (fault != null) ? fault : new IllegalStateException("no outcome");
		answer(undecided.stream().<Runnable>map((request) -> () -> request.fail(reason)).toList());
		this.whenOver.run();
	}

	private void answer(List<Runnable> some) {
		some.forEach((this.size > AnswerSlices.SIZE) ? this.slices::add : Callbacks::call);
	}

}
