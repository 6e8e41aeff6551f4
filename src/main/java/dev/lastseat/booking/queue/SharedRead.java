package dev.lastseat.booking.queue;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.util.context.Context;

/**
 * One read and its callers. It ends exactly once, even when the storage throws. Then it
 * starts the next read and answers its callers. Thread-safe.
 */
final class SharedRead<Q, A> extends BaseSubscriber<A> {

	private final Callbacks callbacks;

	private final Runnable startNext;

	/** The question of each caller that has not cancelled. Guarded by this. */
	private final Map<MonoSink<A>, Q> callers = new LinkedHashMap<>();

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

	synchronized void add(Q question, MonoSink<A> caller) {
		this.callers.put(caller, question);
	}

	/** The caller has cancelled. */
	synchronized void remove(MonoSink<A> caller) {
		this.callers.remove(caller);
	}

	/** The number of callers. */
	synchronized int size() {
		return this.callers.size();
	}

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
		if (!this.callers.isEmpty()) {
			this.context = Context.of(this.callers.keySet().iterator().next().contextView());
		}
		return new LinkedHashSet<>(this.callers.values());
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
		A read = this.answer;
		for (MonoSink<A> caller : removeCallers()) {
			Callbacks.call(() -> answer(caller, read, fault));
		}
	}

	private synchronized List<MonoSink<A>> removeCallers() {
		List<MonoSink<A>> removed = List.copyOf(this.callers.keySet());
		this.callers.clear();
		return removed;
	}

	private static <A> void answer(MonoSink<A> caller, @Nullable A answer, @Nullable Throwable fault) {
		if (fault != null) {
			caller.error(fault);
		}
		else {
			caller.success(answer);
		}
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
