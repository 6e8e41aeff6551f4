package dev.lastseat.booking;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Room for so many, and no more.
 */
final class WaitingRoom {

	private final int size;

	private final AtomicInteger taken = new AtomicInteger();

	WaitingRoom(int size) {
		this.size = size;
	}

	/**
	 * @return false when there is no room
	 */
	boolean enter() {
		return this.taken.getAndUpdate((now) -> (now < this.size) ? now + 1 : now) < this.size;
	}

	void leave() {
		this.taken.decrementAndGet();
	}

}
