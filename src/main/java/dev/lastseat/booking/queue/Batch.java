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
 * The requests of one round. Equal requests of one user are sent once: the first caller
 * gets the outcome, the others get the outcome of a repetition. When a user has both
 * bookings and cancellations, the second kind and all later requests of this user are
 * deferred to a later batch, so that the requests of a user are decided in their order.
 * Not thread-safe.
 */
final class Batch {

	private final int limit;

	/** Requests without a decision, by user, in order of arrival. */
	private final Map<UserId, List<PendingRequest>> undecided = new LinkedHashMap<>();

	/** Users whose later requests must wait for a later batch. */
	private final Set<UserId> deferred = new HashSet<>();

	private int size;

	/**
	 * @param limit maximum number of requests, 1 or more
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
	 * Adds a request. A request that has ended already is dropped.
	 * @return false when the request must wait for a later batch
	 */
	boolean add(PendingRequest request) {
		UserId user = request.request().user();
		List<PendingRequest> same = this.undecided.getOrDefault(user, List.of());
		boolean opposite = !same.isEmpty() && !same.get(0).request().equals(request.request());
		if (isFull() || opposite || this.deferred.contains(user)) {
			this.deferred.add(user);
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
	 * @return one request for each user, in order of arrival
	 */
	List<Request> requests() {
		return this.undecided.values().stream().map((same) -> same.get(0).request()).toList();
	}

	/** The request that arrived first. */
	PendingRequest first() {
		return this.undecided.values().iterator().next().get(0);
	}

	/**
	 * Removes the requests of a user that got a decision.
	 * @return the requests in order of arrival; none when the user has no undecided
	 * requests
	 */
	List<PendingRequest> removeDecided(UserId user) {
		List<PendingRequest> decided = this.undecided.remove(user);
		return (decided != null) ? decided : List.of();
	}

	/**
	 * Removes all requests without a decision.
	 * @return the requests
	 */
	List<PendingRequest> removeUndecided() {
		List<PendingRequest> removed = this.undecided.values().stream().flatMap(Collection::stream).toList();
		this.undecided.clear();
		return removed;
	}

}
