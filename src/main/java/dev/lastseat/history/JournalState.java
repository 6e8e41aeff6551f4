package dev.lastseat.history;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.lastseat.booking.JournalEntry.Op;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The state of an event while the entries of its journal are applied, one after the
 * other. It refuses an entry that the rules of the event do not allow.
 */
final class JournalState {

	private final Sale sale;

	private final Set<UserId> registered = new LinkedHashSet<>();

	private final Map<UserId, HeldSeat> holds = new LinkedHashMap<>();

	private final Set<UserId> waiting = new LinkedHashSet<>();

	private int capacity;

	JournalState(int capacity, Sale sale) {
		this.capacity = capacity;
		this.sale = sale;
	}

	int capacity() {
		return this.capacity;
	}

	int sold() {
		return this.registered.size();
	}

	int held() {
		return this.holds.size();
	}

	boolean isRegistered(UserId user) {
		return this.registered.contains(user);
	}

	@Nullable HeldSeat hold(UserId user) {
		return this.holds.get(user);
	}

	Set<UserId> waiting() {
		return this.waiting;
	}

	private boolean isFree() {
		return sold() + held() < this.capacity;
	}

	/**
	 * Applies an entry.
	 * @param capacity the new capacity, for a change of the capacity
	 * @return why the entry is not possible in this state; null when it was applied
	 */
	@Nullable String apply(Change change, int capacity) {
		UserId user = change.user();
		if (change.op() == Op.CAPACITY_CHANGED) {
			this.capacity = capacity;
			return (sold() + held() > capacity) ? "more seats are taken than the new capacity" : null;
		}
		if (user == null) {
			return (change.op() == Op.CANCELLED) ? "the event was not deleted" : "it has no user";
		}
		return switch (change.op()) {
			case BOOKED -> newcomer(user, true, () -> this.registered.add(user));
			case HELD -> newcomer(user, true, () -> hold(change, this.sale.holdLength(), false));
			case JOINED -> newcomer(user, false, () -> this.waiting.add(user));
			case OFFERED -> offer(change);
			case CONFIRMED -> given(this.holds.remove(user) != null && this.registered.add(user));
			case EXPIRED -> expire(change);
			case HOLD_RELEASED -> endHold(user, false);
			case DECLINED -> endHold(user, true);
			case RELEASED -> given(this.registered.remove(user));
			case LEFT -> given(this.waiting.remove(user));
			default -> "it is not a change of a user";
		};
	}

	private @Nullable String newcomer(UserId user, boolean takesSeat, Runnable change) {
		if (isRegistered(user) || hold(user) != null || this.waiting.contains(user)) {
			return "the user is registered, holds a seat or waits already";
		}
		if (takesSeat && !this.waiting.isEmpty()) {
			return "other users wait for the seat";
		}
		if (takesSeat && !isFree()) {
			return "no seat is free";
		}
		if (!takesSeat && this.waiting.isEmpty() && isFree()) {
			return "a seat is free";
		}
		change.run();
		return null;
	}

	private void hold(Change change, long length, boolean offer) {
		this.holds.put(change.user(), new HeldSeat(change.at() + length, offer));
	}

	private @Nullable String offer(Change change) {
		if (this.waiting.isEmpty() || !this.waiting.iterator().next().equals(change.user())) {
			return "the user is not the first one that waits";
		}
		if (!isFree()) {
			return "no seat is free";
		}
		this.waiting.remove(change.user());
		hold(change, this.sale.offerLength(), true);
		return null;
	}

	private @Nullable String expire(Change change) {
		HeldSeat hold = this.holds.remove(change.user());
		if (hold == null) {
			return "the user has no hold";
		}
		return (change.at() < hold.until()) ? "the hold has not expired" : null;
	}

	private @Nullable String endHold(UserId user, boolean offer) {
		HeldSeat hold = this.holds.remove(user);
		return (hold == null || hold.offer() != offer) ? "the user has no such hold" : null;
	}

	private static @Nullable String given(boolean condition) {
		return condition ? null : "the user is not in the state that it ends";
	}

	/**
	 * @return how the stored state differs from this one; null when it is the same
	 */
	@Nullable String difference(Ledger stored) {
		Map<UserId, Boolean> offers = new HashMap<>();
		this.holds.forEach((user, hold) -> offers.put(user, hold.offer()));
		Map<UserId, Boolean> storedOffers = new HashMap<>();
		stored.holds().forEach((hold) -> storedOffers.put(hold.user(), hold.offer()));
		if (stored.capacity() != this.capacity) {
			return "the stored capacity is not the one of the journal";
		}
		if (!stored.registrations().equals(List.copyOf(this.registered)) || stored.ticketsSold() != sold()) {
			return "the stored registrations are not those of the journal";
		}
		if (!storedOffers.equals(offers) || stored.held() != held()) {
			return "the stored holds are not those of the journal";
		}
		return stored.waiting().equals(List.copyOf(this.waiting)) ? null
				: "the stored waiting list is not the one of the journal";
	}

	/**
	 * A hold.
	 *
	 * @param until its end by the clock of the process that made it
	 */
	record HeldSeat(long until, boolean offer) {

	}

}
