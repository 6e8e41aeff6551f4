package dev.lastseat.mongo;

import java.time.Instant;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.HoldReleaseOutcome;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.PartyHoldOutcome;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.UserId;

/**
 * The state of an event in a sequential model. It decides one request at a time. A
 * request that takes the seat of an expired hold has one next state for each choice.
 *
 * @param holds by user id, expired ones included
 */
record SaleModel(int capacity, int maxHolds, SaleTerms sale, Set<UserId> registered, Map<String, Hold> holds) {

	/** An event without registrations. */
	static SaleModel empty(int capacity, int maxHolds, SaleTerms sale) {
		return new SaleModel(capacity, maxHolds, sale, Set.of(), Map.of());
	}

	/** An outcome and the state after it. */
	private record Step(Outcome outcome, SaleModel next) {
	}

	/** A state, and the numbers of the requests that were decided before it. */
	private record Progress(SaleModel state, BitSet done) {

		Stream<Progress> after(Decision decision, int number, Instant now) {
			if (this.done.get(number)) {
				return Stream.empty();
			}
			BitSet more = (BitSet) this.done.clone();
			more.set(number);
			return this.state.decide(decision.request(), now)
				.filter((step) -> step.outcome().equals(decision.outcome()))
				.map((step) -> new Progress(step.next(), more));
		}

	}

	/**
	 * The states that some order of these requests can lead to with these outcomes.
	 */
	Set<SaleModel> after(List<Decision> decisions, Instant now) {
		Set<Progress> reached = Set.of(new Progress(this, new BitSet()));
		for (int count = 0; count < decisions.size(); count++) {
			reached = reached.stream()
				.flatMap((progress) -> IntStream.range(0, decisions.size())
					.boxed()
					.flatMap((number) -> progress.after(decisions.get(number), number, now)))
				.collect(Collectors.toSet());
		}
		return reached.stream().map(Progress::state).collect(Collectors.toSet());
	}

	/** Whether the ledger shows this state. */
	boolean equals(Ledger ledger) {
		return ledger.capacity() == this.capacity && ledger.ticketsSold() == this.registered.size()
				&& ledger.held() == this.holds.size() && Set.copyOf(ledger.registrations()).equals(this.registered)
				&& ledger.registrations().size() == this.registered.size()
				&& Set.copyOf(ledger.holds()).equals(Set.copyOf(this.holds.values()));
	}

	/** The state without the holds that are expired. */
	SaleModel withoutExpired(Instant now) {
		return without(expired(List.of(), now).stream().map(Hold::user).toList());
	}

	SaleModel with(int capacity, SaleTerms sale) {
		return new SaleModel(capacity, this.maxHolds, sale, this.registered, this.holds);
	}

	/** The earliest end of a hold; null without holds. */
	Instant firstEnd() {
		return this.holds.values().stream().map(Hold::until).min(Comparator.naturalOrder()).orElse(null);
	}

	private Stream<Step> decide(Request request, Instant now) {
		if (request instanceof Request.Cancellation cancellation) {
			return Stream.of(isRegistered(cancellation.user())
					? new Step(ReleaseOutcome.RELEASED, unregistered(cancellation.user()))
					: new Step(ReleaseOutcome.NOT_REGISTERED, this));
		}
		if (request instanceof Request.HoldRelease release) {
			return Stream
				.of(isHolder(release.user()) ? new Step(HoldReleaseOutcome.RELEASED, without(List.of(release.user())))
						: new Step(HoldReleaseOutcome.NOT_HELD, this));
		}
		if (request instanceof Request.Booking booking) {
			return book(booking.user(), now);
		}
		if (request instanceof Request.Holding holding) {
			return hold(holding.user(), now);
		}
		return (request instanceof Request.PartyBooking party) ? book(party.users(), now)
				: hold(((Request.PartyHolding) request).users(), now);
	}

	private Stream<Step> book(UserId user, Instant now) {
		if (isRegistered(user)) {
			return Stream.of(new Step(BookingOutcome.ALREADY_REGISTERED, this));
		}
		if (isHolder(user)) {
			return Stream.of(new Step(BookingOutcome.CONFIRMED, registering(List.of(user))));
		}
		if (!isOpen(now)) {
			return Stream.of(new Step(isUnopened(now) ? BookingOutcome.NOT_OPEN : BookingOutcome.CLOSED, this));
		}
		return (available(List.of(user), now) < 1) ? Stream.of(new Step(BookingOutcome.SOLD_OUT, this))
				: taking(1, 0, List.of(user), now)
					.map((state) -> new Step(BookingOutcome.BOOKED, state.registering(List.of(user))));
	}

	private Stream<Step> book(List<UserId> users, Instant now) {
		List<UserId> before = users.stream().filter(this::isRegistered).toList();
		List<UserId> booked = users.stream().filter((user) -> !isRegistered(user)).toList();
		int seats = (int) booked.stream().filter((user) -> !isHolder(user)).count();
		if (booked.isEmpty()) {
			return Stream
				.of(new Step(new PartyOutcome(PartyOutcome.Kind.ALREADY_REGISTERED, List.of(), before, 0), this));
		}
		if (seats > 0 && !isOpen(now)) {
			return Stream.of(new Step(
					PartyOutcome.refused(isUnopened(now) ? PartyOutcome.Kind.NOT_OPEN : PartyOutcome.Kind.CLOSED),
					this));
		}
		int available = available(users, now);
		return (available < seats) ? Stream.of(new Step(PartyOutcome.soldOut(available), this))
				: taking(seats, 0, users, now)
					.map((state) -> new Step(new PartyOutcome(PartyOutcome.Kind.BOOKED, booked, before, 0),
							state.registering(booked)));
	}

	private Stream<Step> hold(UserId user, Instant now) {
		if (isRegistered(user)) {
			return Stream.of(new Step(HoldOutcome.refused(HoldOutcome.Kind.ALREADY_REGISTERED), this));
		}
		Hold hold = this.holds.get(user.value());
		if (hold != null && !hold.isExpired(now)) {
			return Stream.of(new Step(new HoldOutcome(HoldOutcome.Kind.ALREADY_HELD, hold), this));
		}
		if (!isOpen(now)) {
			return Stream.of(new Step(
					HoldOutcome.refused(isUnopened(now) ? HoldOutcome.Kind.NOT_OPEN : HoldOutcome.Kind.CLOSED), this));
		}
		int seats = (hold != null) ? 0 : 1;
		if (available(List.of(user), now) < seats) {
			return Stream.of(new Step(HoldOutcome.refused(HoldOutcome.Kind.SOLD_OUT), this));
		}
		if (hasTooManyHolds(seats, List.of(user), now)) {
			return Stream.of(new Step(HoldOutcome.refused(HoldOutcome.Kind.TOO_MANY_HOLDS), this));
		}
		Hold made = new Hold(user, this.sale.endOfHold(now), false);
		return taking(seats, seats, List.of(user), now)
			.map((state) -> new Step(new HoldOutcome(HoldOutcome.Kind.HELD, made), state.holding(List.of(made))));
	}

	private Stream<Step> hold(List<UserId> users, Instant now) {
		List<Hold> before = users.stream()
			.map((user) -> this.holds.get(user.value()))
			.filter((hold) -> hold != null && !hold.isExpired(now))
			.toList();
		List<Hold> held = users.stream()
			.filter((user) -> before.stream().noneMatch((hold) -> hold.user().equals(user)))
			.map((user) -> new Hold(user, this.sale.endOfHold(now), false))
			.toList();
		int seats = (int) held.stream().filter((hold) -> !isHolder(hold.user())).count();
		if (users.stream().anyMatch(this::isRegistered)) {
			return Stream.of(new Step(PartyHoldOutcome.refused(HoldOutcome.Kind.ALREADY_REGISTERED), this));
		}
		if (held.isEmpty()) {
			return Stream.of(new Step(new PartyHoldOutcome(HoldOutcome.Kind.ALREADY_HELD, List.of(), before, 0), this));
		}
		if (!isOpen(now)) {
			return Stream.of(new Step(
					PartyHoldOutcome.refused(isUnopened(now) ? HoldOutcome.Kind.NOT_OPEN : HoldOutcome.Kind.CLOSED),
					this));
		}
		int available = available(users, now);
		if (available < seats) {
			return Stream.of(new Step(PartyHoldOutcome.soldOut(available), this));
		}
		if (hasTooManyHolds(seats, users, now)) {
			return Stream.of(new Step(PartyHoldOutcome.refused(HoldOutcome.Kind.TOO_MANY_HOLDS), this));
		}
		return taking(seats, seats, users, now).map(
				(state) -> new Step(new PartyHoldOutcome(HoldOutcome.Kind.HELD, held, before, 0), state.holding(held)));
	}

	private boolean isRegistered(UserId user) {
		return this.registered.contains(user);
	}

	private boolean isHolder(UserId user) {
		return this.holds.containsKey(user.value());
	}

	private boolean isUnopened(Instant now) {
		return this.sale.opensAt() != null && now.isBefore(this.sale.opensAt());
	}

	private boolean isOpen(Instant now) {
		return !isUnopened(now) && (this.sale.closesAt() == null || now.isBefore(this.sale.closesAt()));
	}

	private int free() {
		return this.capacity - this.registered.size() - this.holds.size();
	}

	private int available(List<UserId> users, Instant now) {
		return free() + expired(users, now).size();
	}

	private boolean hasTooManyHolds(int added, List<UserId> users, Instant now) {
		return added > 0 && this.holds.size() - expired(users, now).size() + added > this.maxHolds;
	}

	private List<Hold> expired(List<UserId> except, Instant now) {
		return this.holds.values()
			.stream()
			.filter((hold) -> hold.isExpired(now) && !except.contains(hold.user()))
			.toList();
	}

	/** The states in which the seats are free and the number of holds is allowed. */
	private Stream<SaleModel> taking(int seats, int holds, List<UserId> users, Instant now) {
		boolean fits = free() >= seats && (holds == 0 || this.holds.size() + holds <= this.maxHolds);
		return fits ? Stream.of(this)
				: expired(users, now).stream()
					.flatMap((hold) -> without(List.of(hold.user())).taking(seats, holds, users, now))
					.distinct();
	}

	private SaleModel unregistered(UserId user) {
		Set<UserId> fewer = new LinkedHashSet<>(this.registered);
		fewer.remove(user);
		return new SaleModel(this.capacity, this.maxHolds, this.sale, fewer, this.holds);
	}

	private SaleModel registering(List<UserId> users) {
		Set<UserId> more = new LinkedHashSet<>(this.registered);
		more.addAll(users);
		return new SaleModel(this.capacity, this.maxHolds, this.sale, more, without(users).holds());
	}

	private SaleModel holding(List<Hold> made) {
		Map<String, Hold> more = new TreeMap<>(this.holds);
		made.forEach((hold) -> more.put(hold.user().value(), hold));
		return new SaleModel(this.capacity, this.maxHolds, this.sale, this.registered, more);
	}

	private SaleModel without(List<UserId> users) {
		Map<String, Hold> fewer = new TreeMap<>(this.holds);
		users.forEach((user) -> fewer.remove(user.value()));
		return new SaleModel(this.capacity, this.maxHolds, this.sale, this.registered, fewer);
	}

}
