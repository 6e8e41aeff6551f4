package dev.lastseat.load;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The answers that the clients of one event received. Each user is one client, which
 * waits for an answer before it sends the next request.
 */
final class Answers {

	private final Set<String> registered = ConcurrentHashMap.newKeySet();

	private final Set<String> unknown = ConcurrentHashMap.newKeySet();

	/**
	 * An answer said that the user is registered.
	 */
	void registered(String user) {
		this.registered.add(user);
	}

	/**
	 * An answer said that the user is not registered, or not any more.
	 */
	void notRegistered(String user) {
		this.registered.remove(user);
	}

	/**
	 * A booking or a cancellation got no decision. Its outcome is unknown, and it may
	 * take effect later, so the audit does not check this user.
	 */
	void unknown(String user) {
		this.unknown.add(user);
	}

	boolean isRegistered(String user) {
		return this.registered.contains(user);
	}

	boolean isUnknown(String user) {
		return this.unknown.contains(user);
	}

	/**
	 * The users whose last decision said that they are registered.
	 */
	Set<String> registered() {
		return Set.copyOf(this.registered);
	}

	int unknownCount() {
		return this.unknown.size();
	}

}
