package dev.lastseat.mongo;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.HoldReleaseOutcome;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.PartyHoldOutcome;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.RoundWrite.Renewal;
import org.bson.types.ObjectId;

/**
 * Divides the requests of a round by a snapshot of the event: those that are decided by
 * it, those of the next write, and those that must be decided after that write. Seats
 * that the write releases are counted first, then the requests take seats in their order,
 * then the seats of expired holds.
 */
final class RoundPlan {

	private final EventSnapshot snapshot;

	private final Instant now;

	private final int maxHolds;

	/** Maximum number of requests in the write. */
	private final int limit;

	private final List<Decision> decided = new ArrayList<>();

	/** The decisions if the write matches. */
	private final List<Decision> planned = new ArrayList<>();

	private final List<Request> others = new ArrayList<>();

	private final List<String> bookings = new ArrayList<>();

	private final List<String> confirmations = new ArrayList<>();

	private final List<Hold> newHolds = new ArrayList<>();

	private final List<Renewal> renewals = new ArrayList<>();

	private final List<Hold> endedHolds = new ArrayList<>();

	private final List<UserId> cancellations = new ArrayList<>();

	private final Deque<Hold> expired;

	private int seats;

	private int held;

	private RoundPlan(EventSnapshot snapshot, List<Request> requests, Instant now, int maxHolds, int limit) {
		this.snapshot = snapshot;
		this.now = now;
		this.maxHolds = maxHolds;
		this.limit = limit;
		this.seats = snapshot.freeSeats();
		this.held = snapshot.held();
		Set<UserId> users = new HashSet<>();
		requests.forEach((request) -> users.addAll(request.users()));
		this.expired = new ArrayDeque<>(
				snapshot.expired().stream().filter((hold) -> !users.contains(hold.user())).toList());
	}

	/**
	 * @param requests at most one for each user
	 * @param now the time for windows and holds
	 * @param limit maximum number of requests in the write, 1 or more
	 */
	static RoundPlan of(EventSnapshot snapshot, List<Request> requests, Instant now, int maxHolds, int limit) {
		RoundPlan plan = new RoundPlan(snapshot, requests, now, maxHolds, limit);
		requests.stream().filter(RoundPlan::releases).forEach(plan::plan);
		requests.stream().filter((request) -> !releases(request)).forEach(plan::plan);
		return plan;
	}

	/** Whether the request gives a seat back, and never takes one. */
	static boolean releases(Request request) {
		return request instanceof Request.Cancellation || request instanceof Request.HoldRelease;
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

	private void cancel(Request.Cancellation request) {
		if (!this.snapshot.registered(request.user())) {
			decide(request, ReleaseOutcome.NOT_REGISTERED);
			return;
		}
		this.cancellations.add(request.user());
		this.seats++;
		expect(request, ReleaseOutcome.RELEASED);
	}

	private void release(Request.HoldRelease request) {
		Hold hold = this.snapshot.hold(request.user());
		if (hold == null) {
			decide(request, HoldReleaseOutcome.NOT_HELD);
			return;
		}
		end(hold);
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
			this.bookings.add(user.value());
			expect(request, BookingOutcome.BOOKED);
		}
	}

	private void book(Request.PartyBooking request) {
		List<UserId> before = request.users().stream().filter(this.snapshot::registered).toList();
		List<UserId> missing = request.users().stream().filter((user) -> !before.contains(user)).toList();
		List<UserId> holders = missing.stream().filter((user) -> this.snapshot.hold(user) != null).toList();
		List<UserId> takers = missing.stream().filter((user) -> !holders.contains(user)).toList();
		if (missing.isEmpty()) {
			decide(request, new PartyOutcome(PartyOutcome.Kind.ALREADY_REGISTERED, List.of(), before, 0));
		}
		else if (takers.isEmpty() || (isOpen(request, PartyOutcome.refused(PartyOutcome.Kind.NOT_OPEN),
				PartyOutcome.refused(PartyOutcome.Kind.CLOSED))
				&& takeSeats(request, takers.size(), PartyOutcome::soldOut))) {
			holders.forEach(this::confirm);
			takers.forEach((user) -> this.bookings.add(user.value()));
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
				&& takeHolds(request, (hold != null) ? 0 : 1,
						(remaining) -> HoldOutcome.refused(HoldOutcome.Kind.SOLD_OUT),
						HoldOutcome.refused(HoldOutcome.Kind.TOO_MANY_HOLDS))) {
			expect(request, new HoldOutcome(HoldOutcome.Kind.HELD, makeHold(user)));
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
		int seatsNeeded = (int) missing.stream().filter((user) -> this.snapshot.hold(user) == null).count();
		if (request.users().stream().anyMatch(this.snapshot::registered)) {
			decide(request, PartyHoldOutcome.refused(PartyHoldOutcome.Kind.ALREADY_REGISTERED));
		}
		else if (missing.isEmpty()) {
			decide(request, new PartyHoldOutcome(PartyHoldOutcome.Kind.ALREADY_HELD, List.of(), before, 0));
		}
		else if (isOpen(request, PartyHoldOutcome.refused(PartyHoldOutcome.Kind.NOT_OPEN),
				PartyHoldOutcome.refused(PartyHoldOutcome.Kind.CLOSED))
				&& takeHolds(request, seatsNeeded, PartyHoldOutcome::soldOut,
						PartyHoldOutcome.refused(PartyHoldOutcome.Kind.TOO_MANY_HOLDS))) {
			expect(request, new PartyHoldOutcome(PartyHoldOutcome.Kind.HELD,
					missing.stream().map(this::makeHold).toList(), before, 0));
		}
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
	 * Takes free seats, then those of expired holds.
	 * @param soldOut the refusal for a number of seats that remain
	 */
	private boolean takeSeats(Request request, int count, IntFunction<Outcome> soldOut) {
		if (isRefused(request, count, soldOut)) {
			return false;
		}
		if (count > this.seats + this.expired.size()) {
			this.others.add(request);
			return false;
		}
		take(count);
		return true;
	}

	/**
	 * The same for holds, whose number is limited.
	 * @param count number of holds that need a seat
	 */
	private boolean takeHolds(Request request, int count, IntFunction<Outcome> soldOut, Outcome tooMany) {
		if (isRefused(request, count, soldOut)) {
			return false;
		}
		if (count > 0 && this.snapshot.held() - expiredOfOthers(request) + count > this.maxHolds) {
			decide(request, tooMany);
			return false;
		}
		if (count > this.seats + this.expired.size()
				|| (count > 0 && this.held - this.expired.size() + count > this.maxHolds)) {
			this.others.add(request);
			return false;
		}
		take(count);
		while (count > 0 && this.held + count > this.maxHolds) {
			end(this.expired.remove());
		}
		this.held += count;
		return true;
	}

	/**
	 * Refuses the request if the snapshot has too few seats for it. If an earlier request
	 * of this write takes them, the request is decided after the write instead.
	 */
	private boolean isRefused(Request request, int count, IntFunction<Outcome> soldOut) {
		int available = this.snapshot.freeSeats() + expiredOfOthers(request);
		if (count <= available || count <= this.seats) {
			return false;
		}
		decide(request, soldOut.apply(available));
		return true;
	}

	private int expiredOfOthers(Request request) {
		return (int) this.snapshot.expired().stream().filter((hold) -> !request.users().contains(hold.user())).count();
	}

	private void take(int count) {
		while (this.seats < count) {
			end(this.expired.remove());
		}
		this.seats -= count;
	}

	private void confirm(UserId user) {
		this.confirmations.add(user.value());
		this.held--;
	}

	private void end(Hold hold) {
		this.endedHolds.add(hold);
		this.held--;
		this.seats++;
	}

	private Hold makeHold(UserId user) {
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

	/** The users of the write that cancel. */
	List<UserId> cancellations() {
		return this.cancellations;
	}

	/**
	 * The write of the planned decisions.
	 * @param segment the number of the open segment
	 * @param withoutHolds whether the event is expected to have no holds
	 * @param maxHolds maximum number of holds of the event
	 */
	RoundWrite write(ObjectId event, int segment, boolean withoutHolds, int maxHolds) {
		Map<Boolean, List<String>> cancelled = this.cancellations.stream()
			.map(UserId::value)
			.collect(Collectors.partitioningBy(this.snapshot.sealed()::containsKey));
		boolean makesHolds = !this.newHolds.isEmpty() || !this.renewals.isEmpty();
		return new RoundWrite(event, this.now, segment, this.bookings, this.confirmations, this.newHolds,
				makesHolds ? this.snapshot.sale() : null, this.renewals, this.endedHolds, cancelled.get(false),
				cancelled.get(true).stream().map(this.snapshot.sealed()::get).toList(), this.snapshot.cleanups(),
				withoutHolds, maxHolds);
	}

	private void decide(Request request, Outcome outcome) {
		this.decided.add(new Decision(request, outcome));
	}

	private void expect(Request request, Outcome outcome) {
		this.planned.add(new Decision(request, outcome));
	}

}
