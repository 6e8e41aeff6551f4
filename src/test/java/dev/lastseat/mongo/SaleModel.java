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
import dev.lastseat.booking.JoinOutcome;
import dev.lastseat.booking.LeaveOutcome;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.PartyHoldOutcome;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.Standing;
import dev.lastseat.booking.UserId;
import dev.lastseat.booking.WaitingPlace;

/**
 * The state of an event in a sequential model. It decides one request at a time, and
 * offers free seats to waiting users at once. A request that takes the seat of an expired
 * hold has one next state for each choice. The seats of expired holds may be offered
 * before any request.
 *
 * @param holds by user id, expired ones included
 */
record SaleModel(int capacity, Limits limits, SaleTerms sale, Set<UserId> registered, Map<String, Hold> holds,
		List<UserId> waiting) {

	/**
	 * @param lazy whether a free seat may wait for a sweep although it can be offered.
	 * That happens only if the number of holds was at its limit for a concurrent write
	 */
	record Limits(int maxHolds, int maxWaiting, boolean lazy) {
	}

	/** An event without registrations. */
	static SaleModel empty(int capacity, Limits limits, SaleTerms sale) {
		return new SaleModel(capacity, limits, sale, Set.of(), Map.of(), List.of());
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
				.flatMap((step) -> step.next().offering(now))
				.flatMap((next) -> next.offeringExpired(now).stream())
				.map((next) -> new Progress(next, more));
		}

	}

	/**
	 * The states that some order of these requests can lead to with these outcomes.
	 */
	Set<SaleModel> after(List<Decision> decisions, Instant now) {
		Set<Progress> reached = offeringExpired(now).stream()
			.map((state) -> new Progress(state, new BitSet()))
			.collect(Collectors.toSet());
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
				&& Set.copyOf(ledger.holds()).equals(Set.copyOf(this.holds.values()))
				&& ledger.waiting().equals(this.waiting);
	}

	/** The state without the holds that are expired. */
	SaleModel withoutExpired(Instant now) {
		return without(expired(List.of(), now).stream().map(Hold::user).toList());
	}

	/** The state after a sweep. */
	SaleModel swept(Instant now) {
		return withoutExpired(now).offeringAll(now);
	}

	SaleModel with(SaleTerms sale) {
		return new SaleModel(this.capacity, this.limits, sale, this.registered, this.holds, this.waiting);
	}

	/**
	 * The states after a change of the capacity: it ends as many expired holds as are in
	 * its way, and then all other seats are offered, as long as users wait.
	 */
	Stream<SaleModel> with(int capacity, Instant now) {
		return new SaleModel(capacity, this.limits, this.sale, this.registered, this.holds, this.waiting)
			.taking(0, 0, List.of(), now)
			.map((state) -> state.offeringAll(now))
			.flatMap((state) -> state.offeringExpired(now).stream())
			.filter((state) -> state.waiting.isEmpty() || state.expired(List.of(), now).isEmpty());
	}

	Standing standing(UserId user, Instant now) {
		Hold hold = this.holds.get(user.value());
		if (isRegistered(user)) {
			return Standing.REGISTERED;
		}
		if (hold != null) {
			return hold.isExpired(now) ? Standing.NONE : Standing.of(hold);
		}
		return this.waiting.contains(user) ? Standing.of(place(user)) : Standing.NONE;
	}

	private WaitingPlace place(UserId user) {
		return new WaitingPlace(this.waiting.indexOf(user) + 1, this.waiting.size());
	}

	private boolean canOffer() {
		return !this.waiting.isEmpty() && free() > 0 && this.holds.size() < this.limits.maxHolds();
	}

	/** The first user that waits gets a free seat. */
	private SaleModel offer(Instant now) {
		Hold offer = new Hold(this.waiting.get(0), this.sale.endOfOffer(now), true);
		return withWaiting(this.waiting.subList(1, this.waiting.size())).holding(List.of(offer));
	}

	/** The state after all offers that are possible. */
	private SaleModel offeringAll(Instant now) {
		return canOffer() ? offer(now).offeringAll(now) : this;
	}

	/** The states after the offers that must be made. */
	private Stream<SaleModel> offering(Instant now) {
		return this.limits.lazy()
				? Stream.iterate(this, (state) -> state != null, (state) -> state.canOffer() ? state.offer(now) : null)
				: Stream.of(offeringAll(now));
	}

	/** This state, and those after some seats of expired holds were offered. */
	private Set<SaleModel> offeringExpired(Instant now) {
		Set<SaleModel> states = new LinkedHashSet<>(Set.of(this));
		if (!this.waiting.isEmpty()) {
			for (Hold hold : expired(List.of(), now)) {
				SaleModel next = without(List.of(hold.user())).offer(now).offeringAll(now);
				states.addAll(next.offeringExpired(now));
			}
		}
		return states;
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
		if (request instanceof Request.Joining joining) {
			return Stream.of(join(joining.user(), now));
		}
		if (request instanceof Request.Leaving leaving) {
			return Stream.of(this.waiting.contains(leaving.user())
					? new Step(LeaveOutcome.LEFT, withWaiting(others(leaving.user())))
					: new Step(LeaveOutcome.NOT_WAITING, this));
		}
		return (request instanceof Request.PartyBooking party) ? book(party.users(), now)
				: hold(((Request.PartyHolding) request).users(), now);
	}

	private List<UserId> others(UserId user) {
		return this.waiting.stream().filter((other) -> !other.equals(user)).toList();
	}

	private Step join(UserId user, Instant now) {
		if (this.waiting.contains(user)) {
			return new Step(new JoinOutcome(JoinOutcome.Kind.ALREADY_WAITING, place(user)), this);
		}
		if (isRegistered(user)) {
			return new Step(JoinOutcome.refused(JoinOutcome.Kind.ALREADY_REGISTERED), this);
		}
		if (!isHolder(user) && this.sale.isClosedAt(now)) {
			return new Step(JoinOutcome.refused(JoinOutcome.Kind.CLOSED), this);
		}
		if (isHolder(user) || available(List.of(user), now) > 0) {
			return new Step(JoinOutcome.refused(JoinOutcome.Kind.SEATS_FREE), this);
		}
		if (this.waiting.size() >= this.limits.maxWaiting()) {
			return new Step(JoinOutcome.refused(JoinOutcome.Kind.LIST_FULL), this);
		}
		SaleModel next = withWaiting(Stream.concat(this.waiting.stream(), Stream.of(user)).toList());
		return new Step(new JoinOutcome(JoinOutcome.Kind.JOINED, next.place(user)), next);
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
		int seats = (hold != null && this.waiting.isEmpty()) ? 0 : 1;
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
		int seats = (int) held.stream().filter((hold) -> !this.waiting.isEmpty() || !isHolder(hold.user())).count();
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
		return this.waiting.isEmpty() ? free() + expired(users, now).size() : 0;
	}

	private boolean hasTooManyHolds(int added, List<UserId> users, Instant now) {
		return added > 0 && this.holds.size() - expired(users, now).size() + added > this.limits.maxHolds();
	}

	private List<Hold> expired(List<UserId> except, Instant now) {
		return this.holds.values()
			.stream()
			.filter((hold) -> hold.isExpired(now) && !except.contains(hold.user()))
			.toList();
	}

	/** The states in which the seats are free and the number of holds is allowed. */
	private Stream<SaleModel> taking(int seats, int holds, List<UserId> users, Instant now) {
		boolean fits = free() >= seats && (holds == 0 || this.holds.size() + holds <= this.limits.maxHolds());
		return fits ? Stream.of(this)
				: expired(users, now).stream()
					.flatMap((hold) -> without(List.of(hold.user())).taking(seats, holds, users, now))
					.distinct();
	}

	private SaleModel unregistered(UserId user) {
		Set<UserId> fewer = new LinkedHashSet<>(this.registered);
		fewer.remove(user);
		return new SaleModel(this.capacity, this.limits, this.sale, fewer, this.holds, this.waiting);
	}

	private SaleModel registering(List<UserId> users) {
		Set<UserId> more = new LinkedHashSet<>(this.registered);
		more.addAll(users);
		return new SaleModel(this.capacity, this.limits, this.sale, more, without(users).holds(), this.waiting);
	}

	private SaleModel holding(List<Hold> made) {
		Map<String, Hold> more = new TreeMap<>(this.holds);
		made.forEach((hold) -> more.put(hold.user().value(), hold));
		return new SaleModel(this.capacity, this.limits, this.sale, this.registered, more, this.waiting);
	}

	private SaleModel withWaiting(List<UserId> users) {
		return new SaleModel(this.capacity, this.limits, this.sale, this.registered, this.holds, users);
	}

	private SaleModel without(List<UserId> users) {
		Map<String, Hold> fewer = new TreeMap<>(this.holds);
		users.forEach((user) -> fewer.remove(user.value()));
		return new SaleModel(this.capacity, this.limits, this.sale, this.registered, fewer, this.waiting);
	}

}
