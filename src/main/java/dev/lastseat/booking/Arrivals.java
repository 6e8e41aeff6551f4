package dev.lastseat.booking;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Those who have arrived at a door. Any number of threads let somebody arrive while one,
 * behind the door, takes in all who have, in order, and closes it when nobody has: then
 * whoever comes later knows that nobody is behind it. Free of locks.
 *
 * @param <T> who arrives
 */
final class Arrivals<T> {

	private final AtomicReference<@Nullable Arrival<T>> last = new AtomicReference<>();

	/** Stands for a door that is closed. */
	private final Arrival<T> closed = new Arrival<>(null, null);

	/**
	 * @return false when the door is closed: nobody will ever take them in
	 */
	boolean add(T newcomer) {
		while (true) {
			Arrival<T> before = this.last.get();
			if (before == this.closed) {
				return false;
			}
			if (this.last.compareAndSet(before, new Arrival<>(newcomer, before))) {
				return true;
			}
		}
	}

	/**
	 * Takes in everybody who has arrived, those who came first at first. For the one
	 * behind the door, while it is open.
	 */
	void takeIn(Consumer<T> behindTheDoor) {
		Deque<T> inOrder = new ArrayDeque<>();
		for (Arrival<T> arrival = this.last.getAndSet(null); arrival != null; arrival = arrival.before) {
			inOrder.addFirst(arrival.who);
		}
		inOrder.forEach(behindTheDoor);
	}

	/**
	 * @return whether it is closed now; false when somebody has arrived
	 */
	boolean close() {
		return this.last.compareAndSet(null, this.closed);
	}

	private record Arrival<T>(@Nullable T who, @Nullable Arrival<T> before) {
	}

}
