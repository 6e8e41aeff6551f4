package dev.lastseat.metrics;

import dev.lastseat.booking.BookingMonitor;
import dev.lastseat.booking.BookingOutcome;
import reactor.core.publisher.Mono;

/**
 * Keeps the meters of the core.
 */
final class BookingMeters implements BookingMonitor {

	private final AdmissionMeters admissions;

	private final StorageErrorMeters storageErrors;

	BookingMeters(AdmissionMeters admissions, StorageErrorMeters storageErrors) {
		this.admissions = admissions;
		this.storageErrors = storageErrors;
	}

	/**
	 * Whoever cancels gives up the answer, so that how the admission ends is not known
	 * here: it counts as cancelled, whatever becomes of it.
	 */
	@Override
	public Mono<BookingOutcome> admission(Mono<BookingOutcome> admission) {
		return Mono.defer(() -> {
			AdmissionMeters.Running running = this.admissions.start();
			return admission.doOnSuccess(running::decided).doOnError(running::failed).doOnCancel(running::cancelled);
		});
	}

	@Override
	public <T> Mono<T> storage(Mono<T> operation) {
		return operation.doOnError(this.storageErrors::count);
	}

}
