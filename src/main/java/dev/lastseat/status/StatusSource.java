package dev.lastseat.status;

import java.util.function.Function;

import dev.lastseat.booking.EventId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The status of one event: one read and one encoding for each change.
 */
record StatusSource<T>(EventId event, ChangeNotifier notifier, Function<StatusUpdate, T> encoder,
		StreamTiming timing) implements UpdateSource<EncodedUpdate<T>> {

	@Override
	public Flux<EncodedUpdate<T>> updates() {
		return this.timing.conflation()
			.conflate(this.notifier.changes(this.event), this::read)
			.takeUntil(Read::isLast)
			.publishOn(this.timing.scheduler(), 1)
			.map(this::encode)
			.takeUntilOther(this.notifier.stopped());
	}

	/**
	 * The first read passes a fault of the storage on. Later reads are repeated until the
	 * storage answers.
	 */
	private Mono<Read> read(ChangeSubscription subscription) {
		Mono<StatusUpdate> read = this.notifier.read(this.event);
		return (subscription.hasReadNothing() ? read : read.retryWhen(StreamTiming.STORAGE_RETRY))
			.filter((update) -> subscription.recordRead(update.revision()))
			.map((update) -> new Read(update, subscription.generation()));
	}

	private EncodedUpdate<T> encode(Read read) {
		StatusUpdate update = read.update();
		return new EncodedUpdate<>(this.event, read.generation(), update.revision(), read.isLast(),
				this.encoder.apply(update));
	}

	private record Read(StatusUpdate update, long generation) {

		boolean isLast() {
			return this.update instanceof StatusUpdate.Closed;
		}

	}

}
