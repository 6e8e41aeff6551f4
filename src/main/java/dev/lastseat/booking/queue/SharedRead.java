package dev.lastseat.booking.queue;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * One read and its callers. It ends exactly once, even when the storage throws. Then it
 * starts the next read and answers its callers. Thread-safe.
 */
final class SharedRead<Q, A> extends BaseSubscriber<A> {

	private final Callbacks callbacks;

	private final Runnable startNext;

	/** The calls that were not cancelled. Guarded by this. */
	private final Set<ReadCall<Q, A>> calls = new LinkedHashSet<>();

	private final AtomicBoolean passed = new AtomicBoolean();

	private final AtomicBoolean ended = new AtomicBoolean();

	private final Disposable.Swap limit = Disposables.swap();

	private boolean limited;

	private volatile Context context = Context.empty();

	private @Nullable A answer;

	/**
	 * @param startNext starts the next read; run once
	 */
	SharedRead(Callbacks callbacks, Runnable startNext) {
		this.callbacks = callbacks;
		this.startNext = startNext;
	}

	synchronized void add(ReadCall<Q, A> call) {
		this.calls.add(call);
	}

	/** The caller has cancelled. */
	synchronized void remove(ReadCall<Q, A> call) {
		this.calls.remove(call);
	}

	/** The number of calls. */
	synchronized int size() {
		return this.calls.size();
	}

	/**
	 * Sends nothing when all callers have cancelled.
	 */
	void start(Function<Set<Q>, Mono<A>> storage) {
		try {
			Set<Q> questions = questions();
			if (questions.isEmpty()) {
				end(null);
			}
			else {
				storage.apply(questions).subscribe(this);
			}
		}
		catch (Throwable fault) {
			end(fault);
		}
	}

	private synchronized Set<Q> questions() {
		Set<Q> questions = new LinkedHashSet<>();
		for (ReadCall<Q, A> call : this.calls) {
			if (questions.isEmpty()) {
				this.context = Context.of(call.context());
			}
			questions.add(call.question());
		}
		return questions;
	}

	/**
	 * The context of the first caller, so that the command appears in the trace of one
	 * request.
	 */
	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	protected void hookOnNext(A value) {
		this.answer = value;
	}

	@Override
	protected void hookOnComplete() {
		end(null);
	}

	@Override
	protected void hookOnError(Throwable fault) {
		end(fault);
	}

	private void end(@Nullable Throwable fault) {
		if (this.ended.getAndSet(true)) {
			return;
		}
		if (fault != null) {
			this.callbacks.storageFailed(fault);
		}
		pass();
		List<ReadCall<Q, A>> answered = removeCalls();
		answered.forEach((call) -> call.send(this.answer, fault, answered.size()));
	}

	private synchronized List<ReadCall<Q, A>> removeCalls() {
		List<ReadCall<Q, A>> removed = List.copyOf(this.calls);
		this.calls.clear();
		return removed;
	}

	/**
	 * Lets the next read start, at the end of this one or at the limit of the wait for
	 * it, whichever comes first.
	 */
	void pass() {
		if (!this.passed.getAndSet(true)) {
			Callbacks.call(this.limit::dispose);
			this.startNext.run();
		}
	}

	/**
	 * @return whether the caller must schedule the limit of the wait for this read
	 */
	synchronized boolean limit() {
		boolean first = !this.limited;
		this.limited = true;
		return first;
	}

	/**
	 * @param action disposed when the next read may start; disposed at once when it may
	 * already
	 */
	void onPass(Disposable action) {
		this.limit.update(action);
	}

}
