package dev.lastseat.booking.queue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.lastseat.booking.Request;
import dev.lastseat.booking.UserId;

/**
 * The requests of one round. Equal requests are sent once: the first caller gets the
 * outcome, the others get the outcome of a repetition. When a user has different
 * requests, such as a booking and a cancellation, the second one and all later requests
 * of this user are deferred to a later batch, so that the requests of a user are decided
 * in their order. Not thread-safe.
 */
final class Batch {

	private final int limit;

	/** Equal requests without a decision, in order of arrival. */
	private final Map<Request, List<PendingRequest>> undecided = new LinkedHashMap<>();

	/** The request of each user in the batch. */
	private final Map<UserId, Request> requests = new HashMap<>();

	/** Users whose later requests must wait for a later batch. */
	private final Set<UserId> deferred = new HashSet<>();

	private int size;

	private int userCount;

	/**
	 * @param limit maximum number of users, 1 or more. A party that is added last may
	 * exceed it
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
		List<UserId> users = request.request().users();
		if (isFull() || anyMustWait(users, request.request())) {
			this.deferred.addAll(users);
			return false;
		}
		if (request.send()) {
			this.undecided.computeIfAbsent(request.request(), (first) -> new ArrayList<>(1)).add(request);
			users.forEach((user) -> this.requests.put(user, request.request()));
			this.size++;
			this.userCount += users.size();
		}
		return true;
	}

	private boolean anyMustWait(List<UserId> users, Request request) {
		for (UserId user : users) {
			Request earlier = this.requests.get(user);
			if ((earlier != null && !earlier.equals(request)) || this.deferred.contains(user)) {
				return true;
			}
		}
		return false;
	}

	boolean isFull() {
		return this.userCount >= this.limit;
	}

	/**
	 * @return the different requests, in order of arrival
	 */
	List<Request> requests() {
		return List.copyOf(this.undecided.keySet());
	}

	/** The request that arrived first. */
	PendingRequest first() {
		return this.undecided.values().iterator().next().get(0);
	}

	/**
	 * Removes the requests that are equal to one that got a decision.
	 * @return the requests in order of arrival; none when the request is not undecided
	 */
	List<PendingRequest> removeDecided(Request request) {
		List<PendingRequest> decided = this.undecided.remove(request);
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
