package dev.lastseat.mongo.segments;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.lastseat.booking.Request;

/**
 * What this process remembers about an event. It may be outdated: every write that relies
 * on it has a guard for it.
 */
public final class SegmentMemory {

	private final SegmentSize size;

	private final AtomicInteger bookingsUntilCheck;

	private final AtomicInteger entriesUntilCheck;

	private final AtomicInteger maintenanceRequests = new AtomicInteger();

	private final AtomicInteger releases = new AtomicInteger();

	private volatile int segment;

	private volatile boolean tooManyRegistrations;

	private volatile boolean tooLongJournal;

	private volatile boolean refusesSeats;

	private volatile boolean refusesCancellations;

	/**
	 * The memory of an event that is not known yet: its first segment is open.
	 */
	SegmentMemory(SegmentSize size) {
		this.size = size;
		this.bookingsUntilCheck = new AtomicInteger(size.bookingsPerCheck());
		this.entriesUntilCheck = new AtomicInteger(size.entriesPerCheck());
	}

	/** The number of the open segment. */
	public int segment() {
		return this.segment;
	}

	public void updateSegment(int segment) {
		this.segment = segment;
	}

	/**
	 * Counts bookings, and entries of the journal. Other processes write as well, and
	 * their number is not known, so a process does not wait for a full segment.
	 * @return whether the length of the open segment and of the journal should be checked
	 * now
	 */
	boolean isCheckDueAfter(int bookings, int entries) {
		boolean afterBookings = this.bookingsUntilCheck.addAndGet(-bookings) <= 0;
		boolean afterEntries = this.entriesUntilCheck.addAndGet(-entries) <= 0;
		return (bookings > 0 && afterBookings) || (entries > 0 && afterEntries);
	}

	/**
	 * @param length of the open segment
	 * @param registrations in the event document: the open segment and the users that are
	 * being sealed
	 */
	void updateLength(int length, int registrations) {
		this.tooManyRegistrations = registrations > this.size.tooLarge();
		this.bookingsUntilCheck.set(Math.max(1, Math.min(this.size.bookingsPerCheck(), this.size.full() - length)));
	}

	/**
	 * @param length of the journal in the event document, without the entries being moved
	 * @param entries in the event document, those being moved included
	 */
	void updateJournal(int length, int entries) {
		this.tooLongJournal = entries > this.size.tooLarge();
		this.entriesUntilCheck.set(Math.max(1, Math.min(this.size.entriesPerCheck(), this.size.journal() - length)));
	}

	/** Whether the event document was too large at its last check. */
	boolean isTooLarge() {
		return this.tooManyRegistrations || this.tooLongJournal;
	}

	/**
	 * Counts released registrations of sealed segments.
	 * @return whether they should be marked as released now
	 */
	boolean isCleanUpDueAfter(int releases) {
		int before = this.releases.getAndAdd(releases);
		return before / this.size.releasesPerCleanUp() != (before + releases) / this.size.releasesPerCleanUp();
	}

	/**
	 * Whether the last round refused a request of the same kind as one of these. Then a
	 * round reads before it writes. The outcomes do not depend on it.
	 */
	public boolean expectsRefusal(List<Request> requests) {
		return (this.refusesSeats && requests.stream().anyMatch(Request::takesSeats))
				|| (this.refusesCancellations && requests.stream().anyMatch(Request.Cancellation.class::isInstance));
	}

	public boolean refusesCancellations() {
		return this.refusesCancellations;
	}

	/**
	 * Remembers what a round has refused. A kind without requests in the round keeps its
	 * value.
	 * @param refusedSeats whether a request that takes seats was refused
	 */
	public void updateRefusals(List<Request> requests, boolean refusedSeats, boolean refusedCancellation) {
		if (requests.stream().anyMatch(Request::takesSeats)) {
			this.refusesSeats = refusedSeats;
		}
		if (requests.stream().anyMatch(Request.Cancellation.class::isInstance)) {
			this.refusesCancellations = refusedCancellation;
		}
	}

	/**
	 * Requests the maintenance of the event.
	 * @return whether the caller must start it: none is running
	 */
	boolean requestMaintenance() {
		return this.maintenanceRequests.getAndIncrement() == 0;
	}

	/**
	 * The maintenance has succeeded.
	 * @return whether the caller must start it again: it was requested while it ran
	 */
	boolean completeMaintenance() {
		boolean requestedMeanwhile = this.maintenanceRequests.getAndSet(0) > 1;
		return requestedMeanwhile && requestMaintenance();
	}

	/**
	 * The maintenance has failed. The next request starts it again.
	 */
	void abandonMaintenance() {
		this.maintenanceRequests.set(0);
	}

}
