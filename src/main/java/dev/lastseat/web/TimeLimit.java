package dev.lastseat.web;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * Limits the time until a source emits, completes or fails. Then it cancels the source
 * and fails. Does what {@code Mono.timeout} and {@code onErrorMap} do, with one
 * subscriber in the place of six: every request of the API passes it.
 */
final class TimeLimit<T> extends MonoOperator<T, T> {

	private final Duration limit;

	private final Supplier<Throwable> error;

	private final Scheduler scheduler;

	/**
	 * @param error creates the error after the limit
	 * @param scheduler measures the time
	 */
	TimeLimit(Mono<T> source, Duration limit, Supplier<Throwable> error, Scheduler scheduler) {
		super(source);
		this.limit = limit;
		this.error = error;
		this.scheduler = scheduler;
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		actual.onSubscribe(new Limited<>(actual, this));
	}

	/**
	 * The first signal or the limit ends it; what comes later is dropped.
	 */
	private static final class Limited<T> implements CoreSubscriber<T>, Subscription {

		private final CoreSubscriber<? super T> actual;

		private final TimeLimit<T> parent;

		/** Kept, because operators of the source ask for it often. */
		private final Context context;

		private final AtomicBoolean started = new AtomicBoolean();

		private final AtomicBoolean ended = new AtomicBoolean();

		private volatile @Nullable Disposable timer;

		private volatile @Nullable Subscription upstream;

		Limited(CoreSubscriber<? super T> actual, TimeLimit<T> parent) {
			this.actual = actual;
			this.parent = parent;
			this.context = actual.currentContext();
		}

		/**
		 * The first request starts the source, so nothing is emitted before it.
		 */
		@Override
		public void request(long count) {
			if (!this.started.getAndSet(true)) {
				Disposable running = this.parent.scheduler.schedule(this::timeOut, this.parent.limit.toNanos(),
						TimeUnit.NANOSECONDS);
				this.timer = running;
				if (this.ended.get()) {
					running.dispose();
				}
				else {
					this.parent.source.subscribe(this);
				}
			}
		}

		private void timeOut() {
			if (!this.ended.getAndSet(true)) {
				cancelUpstream();
				this.actual.onError(this.parent.error.get());
			}
		}

		private void cancelUpstream() {
			Subscription running = this.upstream;
			if (running != null) {
				running.cancel();
			}
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.upstream = subscription;
			if (this.ended.get()) {
				subscription.cancel();
			}
			else {
				subscription.request(Long.MAX_VALUE);
			}
		}

		@Override
		public void onNext(T value) {
			if (end()) {
				this.actual.onNext(value);
				this.actual.onComplete();
			}
		}

		@Override
		public void onError(Throwable fault) {
			if (end()) {
				this.actual.onError(fault);
			}
		}

		@Override
		public void onComplete() {
			if (end()) {
				this.actual.onComplete();
			}
		}

		@Override
		public void cancel() {
			if (end()) {
				cancelUpstream();
			}
		}

		/**
		 * @return false if it had ended before
		 */
		private boolean end() {
			boolean ends = !this.ended.getAndSet(true);
			Disposable running = this.timer;
			if (ends && running != null) {
				running.dispose();
			}
			return ends;
		}

		@Override
		public Context currentContext() {
			return this.context;
		}

	}

}
