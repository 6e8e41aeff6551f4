package dev.lastseat.mongo;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.lastseat.booking.Request;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * What this process remembers about the holds of one event. It may be outdated: every
 * write that relies on it has a guard for it, and a write that does not match is followed
 * by a read.
 */
final class HoldMemory {

	/** Users with a hold that this process has made or read. */
	private final Set<String> holders = ConcurrentHashMap.newKeySet();

	private volatile @Nullable SaleTerms terms;

	private volatile boolean hasHolds;

	/** Whether the event had holds when it was last read or changed. */
	boolean hasHolds() {
		return this.hasHolds;
	}

	/**
	 * @return null while the event was not read
	 */
	@Nullable SaleTerms terms() {
		return this.terms;
	}

	boolean isHolder(UserId user) {
		return this.holders.contains(user.value());
	}

	/**
	 * Whether a write can be made without a read before it: a new hold needs the terms,
	 * and an existing one needs its end.
	 */
	boolean suffices(Request request) {
		if (request instanceof Request.HoldRelease) {
			return false;
		}
		boolean holding = request instanceof Request.Holding || request instanceof Request.PartyHolding;
		return !holding || (this.terms != null && request.users().stream().noneMatch(this::isHolder));
	}

	/** The event was read. */
	void read(EventSnapshot snapshot, Iterable<UserId> users) {
		this.terms = snapshot.sale();
		this.hasHolds = snapshot.held() > 0;
		if (!this.hasHolds) {
			this.holders.clear();
		}
		for (UserId user : users) {
			if (snapshot.hold(user) != null) {
				this.holders.add(user.value());
			}
			else {
				this.holders.remove(user.value());
			}
		}
	}

	/** The event was changed. */
	void written(RoundWrite write) {
		write.newHolds().forEach((hold) -> this.holders.add(hold.user().value()));
		this.hasHolds |= !write.newHolds().isEmpty();
		this.holders.removeAll(write.confirmations());
		write.endedHolds().forEach((hold) -> this.holders.remove(hold.user().value()));
	}

}
