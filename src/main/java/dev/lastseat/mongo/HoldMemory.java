package dev.lastseat.mongo;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.RoundWrite.Renewal;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What this process remembers about the holds and the waiting list of one event. It may
 * be outdated: every write that relies on it has a guard for it, and a write that does
 * not match is followed by a read.
 */
final class HoldMemory {

	private final ObjectId event;

	private final Map<Holder, Hold> holds;

	private volatile @Nullable SaleTerms terms;

	private volatile boolean hasHolds;

	private volatile boolean hasWaiting;

	private volatile boolean wasOutdated;

	private HoldMemory(ObjectId event, Map<Holder, Hold> holds) {
		this.event = event;
		this.holds = holds;
	}

	/** Whether the event had holds when it was last read or changed. */
	boolean hasHolds() {
		return this.hasHolds;
	}

	/** Whether users were waiting when the event was last read or changed. */
	boolean hasWaiting() {
		return this.hasWaiting;
	}

	/** Whether the event had no holds when it was last read or changed. */
	boolean hadNoHolds() {
		return this.terms != null && !this.hasHolds;
	}

	/**
	 * Whether the last read found other holds of its users than those in memory, because
	 * other processes make and confirm holds too. Then a round of several requests reads
	 * first: the write without a read would probably not match.
	 */
	boolean wasOutdated() {
		return this.wasOutdated;
	}

	/**
	 * @return null while the event was not read
	 */
	@Nullable SaleTerms terms() {
		return this.terms;
	}

	/**
	 * @return the hold of the user that this process has made or read last; null if it
	 * knows none
	 */
	@Nullable Hold hold(UserId user) {
		return this.hasHolds ? this.holds.get(holder(user)) : null;
	}

	/**
	 * Whether a write can be made without a read before it. A new hold needs the terms of
	 * the sale. The end of a hold needs the hold. A change of the waiting list needs the
	 * list.
	 */
	boolean suffices(Request request) {
		if (request instanceof Request.Joining || request instanceof Request.Leaving) {
			return false;
		}
		if (request instanceof Request.HoldRelease release) {
			return hold(release.user()) != null;
		}
		boolean holding = request instanceof Request.Holding || request instanceof Request.PartyHolding;
		return !holding
				|| (this.terms != null && request.users().stream().map(this::hold).allMatch((hold) -> hold == null));
	}

	/**
	 * The event was read.
	 * @param users the users that the snapshot was read for
	 */
	void read(EventSnapshot snapshot, List<UserId> users) {
		boolean hadHolds = this.hasHolds;
		this.terms = snapshot.sale();
		this.hasHolds = snapshot.held() > 0;
		this.hasWaiting = !snapshot.waiting().isEmpty();
		this.wasOutdated = (hadHolds || this.hasHolds) && replace(snapshot, users);
	}

	/**
	 * @return whether the memory contained other holds of these users
	 */
	private boolean replace(EventSnapshot snapshot, List<UserId> users) {
		boolean outdated = false;
		for (UserId user : users) {
			Hold hold = snapshot.hold(user);
			Hold known = (hold != null) ? this.holds.put(holder(user), hold) : this.holds.remove(holder(user));
			outdated |= !Objects.equals(known, hold);
		}
		return outdated;
	}

	/** The event was changed. */
	void written(RoundWrite write) {
		write.newHolds().forEach(this::made);
		write.waiting().offers().forEach(this::made);
		write.renewals().stream().map(Renewal::renewed).forEach(this::made);
		write.confirmations().forEach((user) -> this.holds.remove(holder(new UserId(user))));
		write.endedHolds().forEach((hold) -> this.holds.remove(holder(hold.user())));
		this.hasWaiting |= !write.waiting().joined().isEmpty();
	}

	private void made(Hold hold) {
		this.holds.put(holder(hold.user()), hold);
		this.hasHolds = true;
	}

	private Holder holder(UserId user) {
		return new Holder(this.event, user);
	}

	/** A user with a hold. */
	private record Holder(ObjectId event, UserId user) {

	}

	/** The memories of all events. */
	static final class OfAllEvents {

		/**
		 * Number of events and of holds that are remembered: 10 MB and 20 MB at most. A
		 * request for a forgotten one may need one more read.
		 */
		private static final int REMEMBERED = 100_000;

		private final Cache<ObjectId, HoldMemory> events = CacheBuilder.newBuilder().maximumSize(REMEMBERED).build();

		private final Cache<Holder, Hold> holds = CacheBuilder.newBuilder().maximumSize(REMEMBERED).build();

		HoldMemory of(ObjectId event) {
			HoldMemory memory = this.events.getIfPresent(event);
			return (memory != null) ? memory
					: this.events.asMap().computeIfAbsent(event, (id) -> new HoldMemory(id, this.holds.asMap()));
		}

	}

}
