package dev.lastseat.mongo.segments;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.lastseat.booking.Request;

/**
 * What this process remembers of the segments of an event. It may be wrong: every write
 * that relies on it guards what it relies on.
 */
public final class SegmentMemory {

	private final SegmentSize size;

	private final AtomicInteger bookingsToLook;

	private final AtomicInteger wanted = new AtomicInteger();

	private final AtomicInteger releases = new AtomicInteger();

	private volatile int segment;

	private volatile boolean tooLarge;

	private volatile boolean refusesBookings;

	private volatile boolean refusesCancellations;

	/**
	 * Of an event that nothing is known of: its first segment is open.
	 */
	public SegmentMemory(SegmentSize size) {
		this.size = size;
		this.bookingsToLook = new AtomicInteger(size.bookings());
	}

	public int segment() {
		return this.segment;
	}

	public void updateSegment(int segment) {
		this.segment = segment;
	}

	/**
	 * Other processes book as well, and how many is not known. So this process looks at
	 * the event after a part of a segment already.
	 * @return whether it is time to look how long the open segment is
	 */
	public boolean mayBeFullAfter(int bookings) {
		return this.bookingsToLook.addAndGet(-bookings) <= 0;
	}

	/**
	 * @param length of the open segment
	 * @param registrations in the event document, also outside of the open segment
	 */
	public void holds(int length, int registrations) {
		this.tooLarge = registrations > this.size.tooMany();
		this.bookingsToLook.set(Math.max(1, Math.min(this.size.bookings(), this.size.full() - length)));
	}

	/** Whether the event document was too large when it was last looked at. */
	public boolean isTooLarge() {
		return this.tooLarge;
	}

	/**
	 * Sealed seats were given back.
	 * @return whether it is time to mark the entries of those that were
	 */
	public boolean mayCleanUpAfter(int releases) {
		int before = this.releases.getAndAdd(releases);
		return before / this.size.releases() != (before + releases) / this.size.releases();
	}

	/**
	 * Whether the last round refused a request of a kind that is among these. It decides
	 * whether a round is read or written first, never what its answers are.
	 */
	public boolean expectsRefusal(List<Request> requests) {
		return (this.refusesBookings && requests.stream().anyMatch(Request.Booking.class::isInstance))
				|| (this.refusesCancellations && requests.stream().anyMatch(Request.Cancellation.class::isInstance));
	}

	public boolean refusesCancellations() {
		return this.refusesCancellations;
	}

	/**
	 * A round was decided. What it says of a kind without requests is left as it was.
	 */
	public void decided(List<Request> requests, boolean refusedBooking, boolean refusedCancellation) {
		if (requests.stream().anyMatch(Request.Booking.class::isInstance)) {
			this.refusesBookings = refusedBooking;
		}
		if (requests.stream().anyMatch(Request.Cancellation.class::isInstance)) {
			this.refusesCancellations = refusedCancellation;
		}
	}

	/**
	 * Asks for the maintenance of the event.
	 * @return whether to begin with it: nobody is at it
	 */
	public boolean wantsMaintenance() {
		return this.wanted.getAndIncrement() == 0;
	}

	/**
	 * The maintenance is done.
	 * @return whether to begin anew: it was asked for meanwhile
	 */
	public boolean stillWantsMaintenance() {
		boolean more = this.wanted.getAndSet(0) > 1;
		return more && wantsMaintenance();
	}

	/**
	 * The maintenance has failed: whoever comes next asks for it again.
	 */
	public void forgetMaintenance() {
		this.wanted.set(0);
	}

}
