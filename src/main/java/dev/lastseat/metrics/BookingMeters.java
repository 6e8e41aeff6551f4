package dev.lastseat.metrics;

import dev.lastseat.booking.BookingMonitor;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.OverloadedException;
import reactor.core.publisher.Mono;

/**
 * Keeps the meters of the core.
 */
final class BookingMeters implements BookingMonitor {

	private final AdmissionMeters admissions;

	private final WaitingMeters waiting;

	private final StorageErrorMeters storageErrors;

	BookingMeters(AdmissionMeters admissions, WaitingMeters waiting, StorageErrorMeters storageErrors) {
		this.admissions = admissions;
		this.waiting = waiting;
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
	public Runnable waits() {
		return this.waiting.start();
	}

	@Override
	public void turnsAway(OverloadedException.Reason reason) {
		this.waiting.turnsAway(reason);
	}

	@Override
	public void admits(int size) {
		this.admissions.group(size);
	}

	@Override
	public void storageFailed(Throwable fault) {
		this.storageErrors.count(fault);
	}

}
