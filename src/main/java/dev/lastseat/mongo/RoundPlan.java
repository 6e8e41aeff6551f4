package dev.lastseat.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Expiry;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.HoldReleaseOutcome;
import dev.lastseat.booking.JoinOutcome;
import dev.lastseat.booking.LeaveOutcome;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.PartyHoldOutcome;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.UserId;
import dev.lastseat.booking.WaitingPlace;
import org.bson.types.ObjectId;

/**
 * Divides the requests of a round by a snapshot of the event: those that are decided by
 * it, those of the next write, and those that must be decided after that write. Seats
 * that the write releases are counted first. Then waiting users get offers, or, if nobody
 * waits, the requests take seats in their order. One method decides each kind of request.
 */
final class RoundPlan {

	private final EventSnapshot snapshot;

	private final Instant now;

	private final SaleSettings settings;

	/** Maximum number of requests in the write. */
	private final int limit;

	private final SeatPlan seats;

	private final RoundChanges changes;

	private final List<Decision> decided = new ArrayList<>();

	/** The decisions if the write matches. */
	private final List<Decision> planned = new ArrayList<>();

	private final List<Request> others = new ArrayList<>();

	private RoundPlan(EventSnapshot snapshot, List<Request> requests, Instant now, SaleSettings settings, int limit) {
		this.snapshot = snapshot;
		this.now = now;
		this.settings = settings;
		this.limit = limit;
		this.seats = new SeatPlan(snapshot, requests, settings.maxHolds());
		this.changes = new RoundChanges(snapshot, now);
	}

	/**
	 * @param requests at most one for each user
	 * @param now the time for windows and holds
	 * @param settings limits of the event
	 * @param limit maximum number of requests in the write, 1 or more
	 */
	static RoundPlan of(EventSnapshot snapshot, List<Request> requests, Instant now, SaleSettings settings, int limit) {
		RoundPlan plan = new RoundPlan(snapshot, requests, now, settings, limit);
		requests.stream().filter((request) -> !request.takesSeats()).forEach(plan::plan);
		plan.offer();
		requests.stream().filter(Request::takesSeats).forEach(plan::plan);
		plan.offerAfterConfirmations();
		return plan;
	}

	private void plan(Request request) {
		if (this.planned.size() >= this.limit) {
			this.others.add(request);
		}
		else if (request instanceof Request.Cancellation cancellation) {
			cancel(cancellation);
		}
		else if (request instanceof Request.HoldRelease release) {
			release(release);
		}
		else if (request instanceof Request.Leaving leaving) {
			leave(leaving);
		}
		else if (request instanceof Request.Joining joining) {
			join(joining);
		}
		else if (mustWait(request)) {
			this.others.add(request);
		}
		else if (request instanceof Request.Booking booking) {
			book(booking);
		}
		else if (request instanceof Request.Holding holding) {
			hold(holding);
		}
		else if (request instanceof Request.PartyBooking party) {
			book(party);
		}
		else if (request instanceof Request.PartyHolding party) {
			hold(party);
		}
	}

	/** Offers free seats, and those of expired holds, to the first users that wait. */
	private void offer() {
		if (this.snapshot.waiting().first().isEmpty()) {
			return;
		}
		Set<UserId> leaving = new HashSet<>(this.changes.left());
		this.changes.offers().stream().map(Hold::user).forEach(leaving::add);
		List<UserId> staying = this.snapshot.waiting()
			.first()
			.stream()
			.filter((user) -> !leaving.contains(user))
			.toList();
		List<UserId> offered = staying.subList(0, Math.min(staying.size(), this.seats.offerable()));
		this.seats.take(offered.size(), true).forEach(this.changes::expire);
		this.changes.offer(offered);
	}

	/**
	 * If the number of holds was at its limit, the confirmations of the write make new
	 * offers possible.
	 */
	private void offerAfterConfirmations() {
		if (cancellations().isEmpty() && this.changes.joined().isEmpty()) {
			offer();
		}
	}

	private void leave(Request.Leaving request) {
		if (this.snapshot.waiting().place(request.user()) == null) {
			decide(request, LeaveOutcome.NOT_WAITING);
			return;
		}
		this.changes.leave(request.user());
		expect(request, LeaveOutcome.LEFT);
	}

	private void join(Request.Joining request) {
		UserId user = request.user();
		WaitingPlace place = this.snapshot.waiting().place(user);
		Hold hold = this.snapshot.hold(user);
		if (place != null) {
			decide(request, new JoinOutcome(JoinOutcome.Kind.ALREADY_WAITING, place));
		}
		else if (this.snapshot.registered(user)) {
			decide(request, JoinOutcome.refused(JoinOutcome.Kind.ALREADY_REGISTERED));
		}
		else if (hold == null && this.snapshot.sale().isClosedAt(this.now)) {
			decide(request, JoinOutcome.refused(JoinOutcome.Kind.CLOSED));
		}
		else if (hold != null || this.seats.available(request.users()) > 0) {
			decide(request, JoinOutcome.refused(JoinOutcome.Kind.SEATS_FREE));
		}
		else if (this.snapshot.waiting().length() >= this.settings.maxWaitingList()) {
			decide(request, JoinOutcome.refused(JoinOutcome.Kind.LIST_FULL));
		}
		else if (lengthOfWaitingList() >= this.settings.maxWaitingList() || this.changes.shortenWaitingList()
				|| (this.snapshot.waiting().isEmpty() && this.seats.areFree())) {
			this.others.add(request);
		}
		else {
			this.changes.join(user);
			int length = lengthOfWaitingList();
			expect(request, new JoinOutcome(JoinOutcome.Kind.JOINED, new WaitingPlace(length, length)));
		}
	}

	/** With the users that the write adds. */
	private int lengthOfWaitingList() {
		return this.snapshot.waiting().length() + this.changes.joined().size();
	}

	private void cancel(Request.Cancellation request) {
		if (!this.snapshot.registered(request.user())) {
			decide(request, ReleaseOutcome.NOT_REGISTERED);
			return;
		}
		this.changes.cancel(request.user());
		this.seats.cancel();
		expect(request, ReleaseOutcome.RELEASED);
	}

	private void release(Request.HoldRelease request) {
		Hold hold = this.snapshot.hold(request.user());
		if (hold == null) {
			decide(request, HoldReleaseOutcome.NOT_HELD);
			return;
		}
		this.changes.giveBack(hold);
		this.seats.end();
		expect(request, HoldReleaseOutcome.RELEASED);
	}

	private void book(Request.Booking request) {
		UserId user = request.user();
		if (this.snapshot.registered(user)) {
			decide(request, BookingOutcome.ALREADY_REGISTERED);
		}
		else if (this.snapshot.hold(user) != null) {
			confirm(user);
			expect(request, BookingOutcome.CONFIRMED);
		}
		else if (isOpen(request, BookingOutcome.NOT_OPEN, BookingOutcome.CLOSED)
				&& takeSeats(request, 1, (remaining) -> BookingOutcome.SOLD_OUT)) {
			this.changes.book(user);
			expect(request, BookingOutcome.BOOKED);
		}
	}

	private void book(Request.PartyBooking request) {
		List<UserId> before = request.users().stream().filter(this.snapshot::registered).toList();
		List<UserId> missing = request.users().stream().filter((user) -> !before.contains(user)).toList();
		List<UserId> takers = missing.stream().filter((user) -> this.snapshot.hold(user) == null).toList();
		if (missing.isEmpty()) {
			decide(request, new PartyOutcome(PartyOutcome.Kind.ALREADY_REGISTERED, List.of(), before, 0));
		}
		else if (takers.isEmpty() || (isOpen(request, PartyOutcome.refused(PartyOutcome.Kind.NOT_OPEN),
				PartyOutcome.refused(PartyOutcome.Kind.CLOSED))
				&& takeSeats(request, takers.size(), PartyOutcome::soldOut))) {
			missing.forEach((user) -> register(user, takers.contains(user)));
			this.changes.keepRegistered(before);
			expect(request, new PartyOutcome(PartyOutcome.Kind.BOOKED, missing, before, 0));
		}
	}

	private void hold(Request.Holding request) {
		UserId user = request.user();
		Hold hold = this.snapshot.hold(user);
		if (this.snapshot.registered(user)) {
			decide(request, HoldOutcome.refused(HoldOutcome.Kind.ALREADY_REGISTERED));
		}
		else if (hold != null && !hold.isExpired(this.now)) {
			decide(request, new HoldOutcome(HoldOutcome.Kind.ALREADY_HELD, hold));
		}
		else if (isOpen(request, HoldOutcome.refused(HoldOutcome.Kind.NOT_OPEN),
				HoldOutcome.refused(HoldOutcome.Kind.CLOSED))
				&& takeHolds(request, seatsNeeded(request.users()),
						(remaining) -> HoldOutcome.refused(HoldOutcome.Kind.SOLD_OUT),
						HoldOutcome.refused(HoldOutcome.Kind.TOO_MANY_HOLDS))) {
			expect(request, new HoldOutcome(HoldOutcome.Kind.HELD, this.changes.hold(user)));
		}
	}

	private void hold(Request.PartyHolding request) {
		List<Hold> before = request.users()
			.stream()
			.map(this.snapshot::hold)
			.filter((hold) -> hold != null && !hold.isExpired(this.now))
			.toList();
		List<UserId> holders = before.stream().map(Hold::user).toList();
		List<UserId> missing = request.users().stream().filter((user) -> !holders.contains(user)).toList();
		if (request.users().stream().anyMatch(this.snapshot::registered)) {
			decide(request, PartyHoldOutcome.refused(HoldOutcome.Kind.ALREADY_REGISTERED));
		}
		else if (missing.isEmpty()) {
			decide(request, new PartyHoldOutcome(HoldOutcome.Kind.ALREADY_HELD, List.of(), before, 0));
		}
		else if (isOpen(request, PartyHoldOutcome.refused(HoldOutcome.Kind.NOT_OPEN),
				PartyHoldOutcome.refused(HoldOutcome.Kind.CLOSED))
				&& takeHolds(request, seatsNeeded(missing), PartyHoldOutcome::soldOut,
						PartyHoldOutcome.refused(HoldOutcome.Kind.TOO_MANY_HOLDS))) {
			this.changes.keepHolds(before);
			expect(request, new PartyHoldOutcome(HoldOutcome.Kind.HELD,
					missing.stream().map(this.changes::hold).toList(), before, 0));
		}
	}

	/**
	 * The number of seats for new holds of users without a hold that counts. An expired
	 * hold is renewed in its own seat, unless users wait for it.
	 */
	private int seatsNeeded(List<UserId> users) {
		return this.snapshot.waiting().isEmpty()
				? (int) users.stream().filter((user) -> this.snapshot.hold(user) == null).count() : users.size();
	}

	/**
	 * Whether the write makes an offer to a user of the request. The same holds for users
	 * with a hold if the write releases registrations while users wait: a write cannot
	 * change the waiting list if it both releases and registers.
	 */
	private boolean mustWait(Request request) {
		if (this.snapshot.waiting().isEmpty()) {
			return false;
		}
		boolean registersNobody = !cancellations().isEmpty();
		return this.changes.offers().stream().map(Hold::user).anyMatch(request.users()::contains)
				|| (registersNobody && request.users().stream().anyMatch((user) -> this.snapshot.hold(user) != null));
	}

	private boolean isOpen(Request request, Outcome notOpen, Outcome closed) {
		SaleTerms sale = this.snapshot.sale();
		if (sale.opensAfter(this.now)) {
			decide(request, notOpen);
			return false;
		}
		if (sale.isClosedAt(this.now)) {
			decide(request, closed);
			return false;
		}
		return true;
	}

	/**
	 * @param soldOut the refusal for a number of seats that remain
	 */
	private boolean takeSeats(Request request, int count, IntFunction<Outcome> soldOut) {
		return take(request, count, false, soldOut, soldOut);
	}

	/**
	 * @param count number of holds that need a seat
	 * @param tooMany the refusal if the event would have too many holds
	 */
	private boolean takeHolds(Request request, int count, IntFunction<Outcome> soldOut, Outcome tooMany) {
		return take(request, count, true, soldOut, (remaining) -> tooMany);
	}

	private boolean take(Request request, int count, boolean holding, IntFunction<Outcome> soldOut,
			IntFunction<Outcome> tooMany) {
		SeatPlan.Fit fit = this.seats.fit(request.users(), count, holding);
		switch (fit) {
			case NOW -> this.seats.take(count, holding).forEach(this.changes::expire);
			case LATER -> this.others.add(request);
			case SOLD_OUT -> decide(request, soldOut.apply(this.seats.available(request.users())));
			case TOO_MANY_HOLDS -> decide(request, tooMany.apply(0));
		}
		return fit == SeatPlan.Fit.NOW;
	}

	private void register(UserId user, boolean takesSeat) {
		if (takesSeat) {
			this.changes.book(user);
		}
		else {
			confirm(user);
		}
	}

	private void confirm(UserId user) {
		this.changes.confirm(user);
		this.seats.confirm();
	}

	/** The requests that the snapshot decides, without a write. */
	List<Decision> decided() {
		return this.decided;
	}

	/** The decisions of the write. */
	List<Decision> planned() {
		return this.planned;
	}

	/** The requests to decide after the write. */
	List<Request> others() {
		return this.others;
	}

	/** Whether the write offers seats. */
	boolean makesOffers() {
		return !this.changes.offers().isEmpty();
	}

	/** What the write does without a request. */
	Expiry expiry(ObjectId event) {
		return new Expiry(new EventId(event.toHexString()), this.changes.endedHolds().size(),
				this.changes.offers().size());
	}

	/** The users of the write that cancel. */
	List<UserId> cancellations() {
		return this.changes.cancellations();
	}

	/**
	 * The write of the planned decisions.
	 * @param segment the number of the open segment
	 * @param withoutHolds whether the event is expected to have no holds
	 */
	RoundWrite write(ObjectId event, int segment, boolean withoutHolds) {
		return this.changes.write(event, segment, withoutHolds, this.seats.areFree(), this.settings);
	}

	private void decide(Request request, Outcome outcome) {
		this.decided.add(new Decision(request, outcome));
	}

	private void expect(Request request, Outcome outcome) {
		this.planned.add(new Decision(request, outcome));
	}

}
