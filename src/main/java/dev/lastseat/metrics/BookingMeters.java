package dev.lastseat.metrics;

import java.time.Duration;
import java.util.function.IntSupplier;

import dev.lastseat.booking.BookingMonitor;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.OverloadedException;
import dev.lastseat.booking.Request;

/**
 * Updates the meters with the reports of the core.
 */
final class BookingMeters implements BookingMonitor {

	private final RequestMeters requests;

	private final AdmissionMeters admissions;

	private final WaitingMeters waiting;

	private final StorageErrorMeters storageErrors;

	BookingMeters(RequestMeters requests, AdmissionMeters admissions, WaitingMeters waiting,
			StorageErrorMeters storageErrors) {
		this.requests = requests;
		this.admissions = admissions;
		this.waiting = waiting;
		this.storageErrors = storageErrors;
	}

	@Override
	public void bindRequestCount(IntSupplier requests) {
		this.admissions.watch(requests);
	}

	@Override
	public void decided(Request request, Outcome outcome, Duration time) {
		this.requests.decided(request, outcome, time);
	}

	@Override
	public void expired(int holds, int offers) {
		this.requests.expired(holds, offers);
	}

	@Override
	public void failed(Request request, Throwable fault, Duration time) {
		this.requests.failed(request, fault, time);
		if (fault instanceof OverloadedException rejection) {
			this.waiting.rejected(rejection.reason());
		}
	}

	@Override
	public void cancelled(Request request, Duration time) {
		this.requests.cancelled(request, time);
	}

	@Override
	public void waitStarted() {
		this.waiting.started();
	}

	@Override
	public void waitEnded(Duration time) {
		this.waiting.ended(time);
	}

	@Override
	public void roundEnded(int requests) {
		this.admissions.round(requests);
	}

	@Override
	public void storageFailed(Throwable fault) {
		this.storageErrors.count(fault);
	}

}
