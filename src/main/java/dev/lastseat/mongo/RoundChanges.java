package dev.lastseat.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.lastseat.booking.Hold;
import dev.lastseat.booking.JournalEntry.Op;
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

	private final List<UserId> joined = new ArrayList<>();

	private final List<UserId> left = new ArrayList<>();

	private final List<Hold> offers = new ArrayList<>();

	private final List<JournalLine> journal = new ArrayList<>();

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
		note(Op.BOOKED, user);
	}

	/** Registers a user that has a hold. */
	void confirm(UserId user) {
		this.registered.add(user.value());
		this.confirmations.add(user.value());
		note(Op.CONFIRMED, user);
	}

	/**
	 * Makes a hold in a free seat, or in place of the expired hold of the same user.
	 */
	Hold hold(UserId user) {
		Hold made = new Hold(user, this.snapshot.sale().endOfHold(this.now), false);
		Hold before = this.snapshot.hold(user);
		if (before != null) {
			this.renewals.add(new Renewal(before, made));
			note(Op.EXPIRED, user);
		}
		else {
			this.newHolds.add(made);
		}
		note(Op.HELD, user);
		return made;
	}

	/** Ends a hold whose user gives it back. */
	void giveBack(Hold hold) {
		this.endedHolds.add(hold);
		note(hold.offer() ? Op.DECLINED : Op.HOLD_RELEASED, hold.user());
	}

	/** Ends an expired hold. */
	void expire(Hold hold) {
		this.endedHolds.add(hold);
		note(Op.EXPIRED, hold.user());
	}

	void cancel(UserId user) {
		this.cancellations.add(user);
		note(Op.RELEASED, user);
	}

	/** Offers a free seat to the first users of the waiting list. */
	void offer(List<UserId> users) {
		Instant until = this.snapshot.sale().endOfOffer(this.now);
		for (UserId user : users) {
			this.offers.add(new Hold(user, until, true));
			note(Op.OFFERED, user);
		}
	}

	void join(UserId user) {
		this.joined.add(user);
		note(Op.JOINED, user);
	}

	void leave(UserId user) {
		this.left.add(user);
		note(Op.LEFT, user);
	}

	private void note(Op op, UserId user) {
		this.journal.add(new JournalLine(op, user));
	}

	/** The outcome of a party says that these users are registered. */
	void keepRegistered(Collection<UserId> users) {
		this.keptRegistrations.addAll(users);
	}

	/** The outcome of a party contains these holds. */
	void keepHolds(Collection<Hold> holds) {
		this.keptHolds.addAll(holds);
	}

	/** Whether users leave the waiting list, or get an offer. */
	boolean shortenWaitingList() {
		return !this.left.isEmpty() || !this.offers.isEmpty();
	}

	/** The users that join the waiting list. */
	List<UserId> joined() {
		return this.joined;
	}

	/** The users that leave the waiting list. */
	List<UserId> left() {
		return this.left;
	}

	/** The new offers. */
	List<Hold> offers() {
		return this.offers;
	}

	/** The expired holds and those given back that the write ends. */
	List<Hold> endedHolds() {
		return this.endedHolds;
	}

	/** The users that cancel. */
	List<UserId> cancellations() {
		return this.cancellations;
	}

	/**
	 * @param segment the number of the open segment
	 * @param withoutHolds whether the event is expected to have no holds
	 * @param seatsLeft whether the write leaves free seats
	 * @param settings limits of the event
	 */
	RoundWrite write(ObjectId event, int segment, boolean withoutHolds, boolean seatsLeft, SaleSettings settings) {
		Map<Boolean, List<String>> cancelled = bySealed(this.cancellations);
		Map<Boolean, List<String>> kept = bySealed(this.keptRegistrations);
		return new RoundWrite(event, this.now, segment, this.registered, this.confirmations, this.newHolds,
				this.snapshot.sale(), this.renewals, this.endedHolds, cancelled.get(false), sealed(cancelled),
				new Kept(kept.get(false), sealed(kept), this.keptHolds), this.snapshot.cleanups(),
				withoutHolds && this.offers.isEmpty(), waiting(seatsLeft), this.journal, settings);
	}

	private RoundWrite.Waiting waiting(boolean seatsLeft) {
		return new RoundWrite.Waiting(this.snapshot.waiting(), this.offers, this.joined, this.left, seatsLeft);
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
