package dev.lastseat.load;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the clients of one event were told, whoever they are. Each user is one client,
 * that waits for an answer before it asks again.
 */
final class Answers {

	private final Set<String> holders = ConcurrentHashMap.newKeySet();

	private final Set<String> unsure = ConcurrentHashMap.newKeySet();

	/**
	 * The user was told to hold a seat.
	 */
	void seat(String user) {
		this.holders.add(user);
	}

	/**
	 * The user was told to hold none, or none any more.
	 */
	void noSeat(String user) {
		this.holders.remove(user);
	}

	/**
	 * A request to book or to cancel was not answered, or not by a decision. What became
	 * of it nobody knows, and it may come true late: this user is no witness any more.
	 */
	void unsure(String user) {
		this.unsure.add(user);
	}

	boolean holds(String user) {
		return this.holders.contains(user);
	}

	boolean isUnsure(String user) {
		return this.unsure.contains(user);
	}

	/**
	 * Those who were told that they hold a seat.
	 */
	Set<String> holders() {
		return Set.copyOf(this.holders);
	}

	int unsureCount() {
		return this.unsure.size();
	}

}
