package dev.lastseat.booking.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.lastseat.booking.Request;
import dev.lastseat.booking.UserId;

/**
 * The requests of one round. Equal requests are sent once: the first caller gets the
 * outcome, the others get the outcome of a repetition. A user has one request in a batch.
 * When a different request concerns the user, such as a cancellation after a booking, it
 * is deferred to a later batch, and so are all later requests of its users. So the
 * requests of a user are decided in their order. A party is one request of all its users.
 * Not thread-safe.
 */
final class Batch {

	private final int limit;

	/**
	 * Equal requests without a decision, in order of arrival. Those of a party are listed
	 * for each of its users.
	 */
	private final Map<UserId, List<PendingRequest>> undecided = new LinkedHashMap<>();

	/** Users whose later requests must wait for a later batch. */
	private final Set<UserId> deferred = new HashSet<>();

	private int size;

	private int userCount;

	/**
	 * @param limit maximum number of users, 1 or more; each of several equal requests
	 * counts. A party that is added last may exceed it
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
		List<PendingRequest> equal = undecided(request.request());
		if (isFull() || mustWait(users, equal.isEmpty())) {
			this.deferred.addAll(users);
			return false;
		}
		if (request.send()) {
			if (equal.isEmpty()) {
				equal = new ArrayList<>(1);
				for (UserId user : users) {
					this.undecided.put(user, equal);
				}
			}
			equal.add(request);
			this.size++;
			this.userCount += users.size();
		}
		return true;
	}

	/**
	 * @return the requests that are equal to this one
	 */
	private List<PendingRequest> undecided(Request request) {
		List<PendingRequest> ofUser = this.undecided.get(request.users().get(0));
		return (ofUser != null && ofUser.get(0).request().equals(request)) ? ofUser : List.of();
	}

	/**
	 * @param first whether the batch has no equal request
	 */
	private boolean mustWait(List<UserId> users, boolean first) {
		return (first && !Collections.disjoint(this.undecided.keySet(), users))
				|| (!this.deferred.isEmpty() && !Collections.disjoint(this.deferred, users));
	}

	boolean isFull() {
		return this.userCount >= this.limit;
	}

	/**
	 * @return the different requests, in order of arrival
	 */
	List<Request> requests() {
		return byRequest().map((equal) -> equal.get(0).request()).toList();
	}

	private Stream<List<PendingRequest>> byRequest() {
		return this.undecided.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().get(0).request().users().get(0).equals(entry.getKey()))
			.map(Map.Entry::getValue);
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
		List<PendingRequest> decided = undecided(request);
		if (!decided.isEmpty()) {
			request.users().forEach(this.undecided::remove);
		}
		return decided;
	}

	/**
	 * Removes all requests without a decision.
	 * @return the requests
	 */
	List<PendingRequest> removeUndecided() {
		List<PendingRequest> removed = byRequest().flatMap(List::stream).toList();
		this.undecided.clear();
		return removed;
	}

}
