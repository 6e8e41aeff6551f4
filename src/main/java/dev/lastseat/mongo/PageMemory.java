package dev.lastseat.mongo;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What this process remembers of the pages of an event. It may be wrong: every write that
 * relies on it guards what it relies on.
 */
final class PageMemory {

	private final PageSize size;

	private final AtomicInteger bookingsToLook;

	private final AtomicInteger wanted = new AtomicInteger();

	private final AtomicInteger releases = new AtomicInteger();

	private volatile int page;

	/**
	 * Of an event that nothing is known of: its first page is open, and half full.
	 */
	PageMemory(PageSize size) {
		this.size = size;
		this.bookingsToLook = new AtomicInteger(size.registrations());
	}

	int page() {
		return this.page;
	}

	void turnTo(int page) {
		this.page = page;
	}

	/**
	 * @return whether the open page may be full, by what this process has booked
	 */
	boolean mayBeFullAfter(int bookings) {
		return this.bookingsToLook.addAndGet(-bookings) <= 0;
	}

	/**
	 * @param length of the open page
	 */
	void holds(int length) {
		this.bookingsToLook.set(Math.max(1, this.size.full() - length));
	}

	/**
	 * A sealed seat was given back.
	 * @return whether it is time to mark the entries of those that were
	 */
	boolean mayCleanUpAfterRelease() {
		return this.releases.incrementAndGet() % this.size.releases() == 0;
	}

	/**
	 * Asks for the upkeep of the event.
	 * @return whether to begin with it: nobody is at it
	 */
	boolean wantsUpkeep() {
		return this.wanted.getAndIncrement() == 0;
	}

	/**
	 * The upkeep is done.
	 * @return whether to begin anew: it was asked for meanwhile
	 */
	boolean stillWantsUpkeep() {
		boolean more = this.wanted.getAndSet(0) > 1;
		return more && wantsUpkeep();
	}

	/**
	 * The upkeep has failed: whoever comes next asks for it again.
	 */
	void forgetUpkeep() {
		this.wanted.set(0);
	}

}
