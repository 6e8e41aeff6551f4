package dev.lastseat.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.lastseat.booking.Hold;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.RoundWrite.Kept;
import dev.lastseat.mongo.RoundWrite.Renewal;
import dev.lastseat.mongo.segments.SealedRegistration;
import org.bson.types.ObjectId;

/**
 * Collects the changes of one write, and what the write relies on.
 */
final class RoundChanges {

	private final EventSnapshot snapshot;

	private final Instant now;

	private final List<String> registered = new ArrayList<>();

	private final List<String> confirmations = new ArrayList<>();

	private final List<Hold> newHolds = new ArrayList<>();

	private final List<Renewal> renewals = new ArrayList<>();

	private final List<Hold> endedHolds = new ArrayList<>();

	private final List<UserId> cancellations = new ArrayList<>();

	private final List<UserId> keptRegistrations = new ArrayList<>();

	private final List<Hold> keptHolds = new ArrayList<>();

	/**
	 * @param snapshot of the event before the write
	 * @param now the beginning of new holds
	 */
	RoundChanges(EventSnapshot snapshot, Instant now) {
		this.snapshot = snapshot;
		this.now = now;
	}

	/** Registers a user in a free seat. */
	void book(UserId user) {
		this.registered.add(user.value());
	}

	/** Registers a user that has a hold. */
	void confirm(UserId user) {
		this.registered.add(user.value());
		this.confirmations.add(user.value());
	}

	/**
	 * Makes a hold in a free seat, or in place of the expired hold of the same user.
	 */
	Hold hold(UserId user) {
		Hold made = new Hold(user, this.snapshot.sale().endOfHold(this.now), false);
		Hold before = this.snapshot.hold(user);
		if (before != null) {
			this.renewals.add(new Renewal(before, made));
		}
		else {
			this.newHolds.add(made);
		}
		return made;
	}

	void end(Hold hold) {
		this.endedHolds.add(hold);
	}

	void cancel(UserId user) {
		this.cancellations.add(user);
	}

	/** The outcome of a party says that these users are registered. */
	void keepRegistered(Collection<UserId> users) {
		this.keptRegistrations.addAll(users);
	}

	/** The outcome of a party contains these holds. */
	void keepHolds(Collection<Hold> holds) {
		this.keptHolds.addAll(holds);
	}

	/** The users that cancel. */
	List<UserId> cancellations() {
		return this.cancellations;
	}

	/**
	 * @param segment the number of the open segment
	 * @param withoutHolds whether the event is expected to have no holds
	 * @param maxHolds maximum number of holds of the event
	 */
	RoundWrite write(ObjectId event, int segment, boolean withoutHolds, int maxHolds) {
		Map<Boolean, List<String>> cancelled = bySealed(this.cancellations);
		Map<Boolean, List<String>> kept = bySealed(this.keptRegistrations);
		boolean makesHolds = !this.newHolds.isEmpty() || !this.renewals.isEmpty();
		return new RoundWrite(event, this.now, segment, this.registered, this.confirmations, this.newHolds,
				makesHolds ? this.snapshot.sale() : null, this.renewals, this.endedHolds, cancelled.get(false),
				sealed(cancelled), new Kept(kept.get(false), sealed(kept), this.keptHolds), this.snapshot.cleanups(),
				withoutHolds, maxHolds);
	}

	private Map<Boolean, List<String>> bySealed(List<UserId> users) {
		return users.stream()
			.map(UserId::value)
			.collect(Collectors.partitioningBy(this.snapshot.sealed()::containsKey));
	}

	private List<SealedRegistration> sealed(Map<Boolean, List<String>> users) {
		return users.get(true).stream().map(this.snapshot.sealed()::get).toList();
	}

}
