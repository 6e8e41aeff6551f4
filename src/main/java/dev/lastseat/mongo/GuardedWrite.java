package dev.lastseat.mongo;

import java.util.Optional;
import java.util.function.Function;

import dev.lastseat.booking.StorageException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A write of one event document whose filter contains all conditions of the change, so no
 * other write can come between the check and the change.
 *
 * @param <S> the state that explains why the filter did not match
 * @param <T> the type of the outcomes
 * @param write makes the write; its argument is the state that was read last, or null
 * before the first read. It is sent once for each subscription, and emits whether its
 * filter matched
 * @param success the outcome if the filter matched
 * @param eventNotFound the outcome if the event does not exist
 * @param refusal the reason why the filter does not match a state; empty if it does
 */
record GuardedWrite<S, T>(Function<@Nullable S, Mono<Boolean>> write, T success, T eventNotFound,
		Function<S, Optional<T>> refusal) {

	/**
	 * Sends the write. If its filter does not match, reads the state to find the reason.
	 * If the state has changed since and gives no reason, a refusal would be a guess, so
	 * the write is sent again.
	 * @param read reads the state; empty if the event does not exist
	 * @param attempts maximum number of writes to send, 1 or more
	 * @return exactly one outcome; {@link StorageException.Busy} after the last attempt
	 */
	Mono<T> decide(Mono<S> read, int attempts) {
		return decide(null, read, attempts);
	}

	private Mono<T> decide(@Nullable S last, Mono<S> read, int attempts) {
		return this.write.apply(last).flatMap((matched) -> matched ? Mono.just(this.success) : explain(read, attempts));
	}

	private Mono<T> explain(Mono<S> read, int attempts) {
		return read
			.flatMap((state) -> this.refusal.apply(state).map(Mono::just).orElseGet(() -> retry(state, read, attempts)))
			.defaultIfEmpty(this.eventNotFound);
	}

	private Mono<T> retry(S last, Mono<S> read, int attempts) {
		return (attempts > 1) ? decide(last, read, attempts - 1) : Mono.error(StorageException.Busy::new);
	}

}
