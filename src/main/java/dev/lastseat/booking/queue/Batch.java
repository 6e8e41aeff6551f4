package dev.lastseat.booking.queue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.lastseat.booking.Request;
import dev.lastseat.booking.UserId;

/**
 * Requests that are decided together. The same request of the same user is sent once: the
 * first caller gets the outcome, the others what it implies. A request for the opposite
 * waits for a later batch, and so do all requests of the user behind it: the requests of
 * a user are decided in their order.
 */
final class Batch {

	private final int limit;

	/** Those without a decision, in order of arrival. */
	private final Map<UserId, List<PendingRequest>> undecided = new LinkedHashMap<>();

	private final Set<UserId> mustWait = new HashSet<>();

	private int size;

	/**
	 * @param limit requests at most
	 */
	Batch(int limit) {
		this.limit = limit;
	}

	boolean isEmpty() {
		return this.size == 0;
	}

	int size() {
		return this.size;
	}

	/**
	 * Takes a request along, unless it is done with already.
	 * @return false when the request has to wait for another batch
	 */
	boolean take(PendingRequest request) {
		UserId user = request.request().user();
		List<PendingRequest> same = this.undecided.getOrDefault(user, List.of());
		boolean opposite = !same.isEmpty() && !same.get(0).request().equals(request.request());
		if (isFull() || opposite || this.mustWait.contains(user)) {
			this.mustWait.add(user);
			return false;
		}
		if (request.send()) {
			this.undecided.computeIfAbsent(user, (id) -> new ArrayList<>(1)).add(request);
			this.size++;
		}
		return true;
	}

	boolean isFull() {
		return this.size == this.limit;
	}

	/**
	 * @return one request of each user, in order of arrival
	 */
	List<Request> requests() {
		return this.undecided.values().stream().map((same) -> same.get(0).request()).toList();
	}

	/** The request that came first. */
	PendingRequest first() {
		return this.undecided.values().iterator().next().get(0);
	}

	/**
	 * @return the requests that a decision about the user answers, in order of arrival;
	 * none when it was made already
	 */
	List<PendingRequest> decide(UserId user) {
		List<PendingRequest> decided = this.undecided.remove(user);
		return (decided != null) ? decided : List.of();
	}

	/**
	 * @return the requests that have no decision, which are not a part of it any more
	 */
	List<PendingRequest> abandon() {
		List<PendingRequest> abandoned = this.undecided.values().stream().flatMap(Collection::stream).toList();
		this.undecided.clear();
		return abandoned;
	}

}
