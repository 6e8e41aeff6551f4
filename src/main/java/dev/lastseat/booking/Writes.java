package dev.lastseat.booking;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Writes on their way to the storage: faults are counted, and the listener is told of
 * what they may have changed.
 */
final class Writes {

	private final EventRepository events;

	private final BookingMonitor monitor;

	private final ChangeListener listener;

	private final Duration maxTurn;

	private final Scheduler timer;

	Writes(EventRepository events, BookingMonitor monitor, ChangeListener listener, Duration maxTurn, Scheduler timer) {
		this.events = events;
		this.monitor = monitor;
		this.listener = listener;
		this.maxTurn = maxTurn;
		this.timer = timer;
	}

	Flux<Decision> book(EventId event, List<UserId> users, Expectation expectation) {
		return this.events.book(event, users, expectation)
			.doOnSubscribe((subscription) -> this.monitor.admits(users.size()))
			.doOnNext((decision) -> tell(event, BookingOutcome.BOOKED, decision.outcome()))
			.doOnError((fault) -> failed(event, fault))
			.doOnCancel(() -> this.listener.mayHaveChanged(event));
	}

	Mono<ReleaseOutcome> release(EventId event, UserId user) {
		return watch(event, ReleaseOutcome.RELEASED, this.events.release(event, user));
	}

	/**
	 * Gives a write up that others wait for. The storage has a time limit of its own;
	 * this is for the day on which it does not keep to it.
	 */
	<T> Mono<T> inTime(Mono<T> write) {
		return write.timeout(this.maxTurn, this.timer)
			.onErrorMap(TimeoutException.class, StorageException.OutcomeUnknown::new);
	}

	/**
	 * Tells the listener unless it is certain that nothing was changed: a write whose
	 * answer never came, or is not waited for any more, may take effect.
	 */
	<T> Mono<T> watch(EventId event, T changed, Mono<T> write) {
		return write.doOnNext((outcome) -> tell(event, changed, outcome))
			.doOnError((fault) -> failed(event, fault))
			.doOnCancel(() -> this.listener.mayHaveChanged(event));
	}

	private <T> void tell(EventId event, T changed, T outcome) {
		if (outcome == changed) {
			this.listener.mayHaveChanged(event);
		}
	}

	private void failed(EventId event, Throwable fault) {
		this.monitor.storageFailed(fault);
		if (fault instanceof StorageException.OutcomeUnknown) {
			this.listener.mayHaveChanged(event);
		}
	}

}
