package dev.lastseat.mongo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.lastseat.booking.Hold;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.UserId;

/**
 * The seats and holds of an event while a write is planned. Free seats are taken first,
 * then those of expired holds.
 */
final class SeatPlan {

	private final EventSnapshot snapshot;

	private final int maxHolds;

	/** Expired holds that the write may end, oldest read first. */
	private final Deque<Hold> expired;

	private int seats;

	private int held;

	/**
	 * @param requests of the round: only a user's own request decides about its hold
	 * @param maxHolds maximum number of holds of the event
	 */
	SeatPlan(EventSnapshot snapshot, List<Request> requests, int maxHolds) {
		this.snapshot = snapshot;
		this.maxHolds = maxHolds;
		this.expired = snapshot.expired().isEmpty() ? new ArrayDeque<>() : expiredOfOthers(snapshot, requests);
		this.seats = snapshot.freeSeats();
		this.held = snapshot.held();
	}

	private static Deque<Hold> expiredOfOthers(EventSnapshot snapshot, List<Request> requests) {
		Set<UserId> users = requests.stream()
			.flatMap((request) -> request.users().stream())
			.collect(Collectors.toSet());
		return snapshot.expired()
			.stream()
			.filter((hold) -> !users.contains(hold.user()))
			.collect(Collectors.toCollection(ArrayDeque::new));
	}

	/** A registered user gives its seat back. */
	void cancel() {
		this.seats++;
	}

	/** A hold becomes a registration. */
	void confirm() {
		this.held--;
	}

	/** A hold ends, and its seat is free. */
	void end() {
		this.held--;
		this.seats++;
	}

	/**
	 * Whether there are seats for a request.
	 * @param users the users of the request
	 * @param count number of seats, 1 or more while users wait
	 * @param holding whether the seats are for holds, whose number is limited
	 */
	Fit fit(List<UserId> users, int count, boolean holding) {
		if (!this.snapshot.waiting().isEmpty()) {
			return Fit.SOLD_OUT;
		}
		if (count <= this.seats + this.expired.size()
				&& (!holding || isWithinLimit(this.held - this.expired.size(), count))) {
			return Fit.NOW;
		}
		if (count > available(users)) {
			return Fit.SOLD_OUT;
		}
		return (holding && !isWithinLimit(this.snapshot.held() - expiredOfOthers(users), count)) ? Fit.TOO_MANY_HOLDS
				: Fit.LATER;
	}

	private boolean isWithinLimit(int held, int added) {
		return added == 0 || held + added <= this.maxHolds;
	}

	/**
	 * The number of seats that the event had for these users when it was read: none while
	 * other users wait.
	 */
	int available(List<UserId> users) {
		return !this.snapshot.waiting().isEmpty() ? 0 : this.snapshot.freeSeats() + expiredOfOthers(users);
	}

	private int expiredOfOthers(List<UserId> users) {
		return (int) this.snapshot.expired().stream().filter((hold) -> !users.contains(hold.user())).count();
	}

	/**
	 * Takes seats for a request that fits now.
	 * @return the expired holds that the write must end for it
	 */
	List<Hold> take(int count, boolean holding) {
		List<Hold> ended = new ArrayList<>();
		while (this.seats < count || (holding && !isWithinLimit(this.held, count))) {
			ended.add(this.expired.remove());
			end();
		}
		this.seats -= count;
		this.held += holding ? count : 0;
		return ended;
	}

	/** Whether requests of the write take the last seat, or give a seat back. */
	boolean areFree() {
		return this.seats > 0;
	}

	/** The number of offers that the write can make. */
	int offerable() {
		return Math.max(0, Math.min(this.seats + this.expired.size(), this.maxHolds - this.held + this.expired.size()));
	}

	/** Whether a request gets its seats. */
	enum Fit {

		/** In the write that is being planned. */
		NOW,

		/**
		 * It must be decided after the write: the event had the seats when it was read,
		 * and other requests of the write use them.
		 */
		LATER,

		/** The event had too few seats when it was read. */
		SOLD_OUT,

		/** The event had too many holds when it was read. */
		TOO_MANY_HOLDS

	}

}
