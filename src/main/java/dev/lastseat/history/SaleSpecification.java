package dev.lastseat.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import dev.lastseat.booking.Hold;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The sequential specification of an event with holds, parties and a sale window: the
 * calls that change the event. {@link SaleAnswers} has those that do not.
 * <p>
 * An expired hold may end at any moment. It ends here only when that is needed: when
 * another call takes its seat, when an answer says that it is gone, or at the end. Until
 * then it is in no call's way, so an earlier end would not allow more executions.
 */
final class SaleSpecification {

	private final SaleTimeline timeline;

	private final Sale sale;

	private final @Nullable Ledger ledger;

	private final boolean[] storedHolds;

	SaleSpecification(SaleTimeline timeline, History history) {
		this.timeline = timeline;
		this.sale = history.sale();
		this.ledger = history.ledger();
		this.storedHolds = new boolean[timeline.users()];
		if (this.ledger != null) {
			this.ledger.holds()
				.stream()
				.map(Hold::user)
				.map(timeline::numberOf)
				.filter((user) -> user != null)
				.forEach((user) -> this.storedHolds[user] = true);
		}
	}

	/**
	 * @param call a pending call that changes the event and has not taken effect
	 * @param time the moment
	 * @return the states to which it can lead
	 */
	List<SaleState> apply(SaleState from, SaleCall call, long time) {
		List<SaleState> applied = switch (call.action()) {
			case BOOK, BOOK_PARTY -> book(from, call, time);
			case HOLD, HOLD_PARTY -> hold(from, call, time);
			case CANCEL -> from.isLeaving(call.users()[0])
					? List.of(changed(from, (state) -> state.cancel(call.users()[0]))) : List.of();
			case RELEASE_HOLD -> from.hasHold(call.users()[0])
					? List.of(changed(from, (state) -> state.endHold(call.users()[0]))) : List.of();
			case RESIZE -> resize(from, call, time);
			case JOIN, LEAVE -> throw new IllegalArgumentException("a waiting list is checked with the journal");
		};
		applied.forEach((state) -> state.linearized.set(call.number()));
		return applied;
	}

	private static SaleState changed(SaleState from, Consumer<SaleState> change) {
		SaleState state = from.copy();
		change.accept(state);
		return state;
	}

	private List<SaleState> resize(SaleState from, SaleCall call, long time) {
		int capacity = call.operation().capacity();
		if (call.is(Answer.UNKNOWN) && capacity == from.capacity) {
			// A pending call that changes nothing is equal to one that never takes
			// effect.
			return List.of();
		}
		List<SaleState> resized = withSeats(from, from.sold + from.held - capacity, call, time);
		resized.forEach((state) -> state.capacity = capacity);
		return resized;
	}

	private List<SaleState> book(SaleState from, SaleCall call, long time) {
		int[] missing = IntStream.of(call.users()).filter((user) -> !from.isRegistered(user)).toArray();
		int takers = (int) IntStream.of(missing).filter((user) -> !from.hasHold(user)).count();
		boolean confirms = !call.is(Answer.CONFIRMED) || takers == 0;
		if (missing.length == 0 || !confirms || !namesRegistered(from, call) || (takers > 0 && !maySell(call, time))) {
			return List.of();
		}
		List<SaleState> booked = withSeats(from, takers - from.freeSeats(), call, time);
		booked.forEach((state) -> state.linearized.set(call.number()));
		for (int user : missing) {
			booked = booked.stream().flatMap((state) -> registered(state, user).stream()).toList();
		}
		return booked;
	}

	/** Whether the users that a party names as registered before are those that were. */
	private boolean namesRegistered(SaleState from, SaleCall call) {
		return call.action() != Action.BOOK_PARTY || call.is(Answer.UNKNOWN)
				|| IntStream.range(0, call.users().length)
					.allMatch((index) -> from.isRegistered(call.users()[index]) == call.operation()
						.details()
						.before()
						.contains(call.operation().users().get(index)));
	}

	/**
	 * With a stored list, a user either stays registered or leaves later. A user that
	 * stays is the next in the list, and has no further change.
	 */
	private List<SaleState> registered(SaleState from, int user) {
		boolean mayLeave = this.ledger == null;
		boolean changesLater = false;
		for (SaleCall call : this.timeline.callsOf(user)) {
			if (!from.isLinearized(call)) {
				mayLeave |= call.mayCancel();
				changesLater |= call.changesRegistration(this.timeline.user(user));
			}
		}
		List<SaleState> registered = new ArrayList<>(2);
		boolean isNext = this.ledger != null && from.storedPrefix == user && user < this.ledger.registrations().size();
		if (isNext && !changesLater) {
			registered.add(changed(from, (state) -> state.register(user, true)));
		}
		if (mayLeave) {
			registered.add(changed(from, (state) -> state.register(user, false)));
		}
		return registered;
	}

	private boolean maySell(SaleCall call, long time) {
		return this.sale.mayHaveOpened(time) && this.sale.mayBeUnclosed(call.operation().invoked());
	}

	private List<SaleState> hold(SaleState from, SaleCall call, long time) {
		int takers = 0;
		for (int user : call.users()) {
			if (from.isRegistered(user)) {
				return List.of();
			}
			takers += from.hasHold(user) ? 0 : 1;
		}
		if (!maySell(call, time)) {
			return List.of();
		}
		List<SaleState> states = withSeats(from, takers - from.freeSeats(), call, time);
		for (int index = 0; index < call.users().length; index++) {
			int place = index;
			states = states.stream().flatMap((state) -> held(state, call, place, time).stream()).toList();
		}
		return call.is(Answer.UNKNOWN) ? states.stream().filter((state) -> !sameHolds(from, state, call)).toList()
				: states;
	}

	private static boolean sameHolds(SaleState from, SaleState to, SaleCall call) {
		return IntStream.of(call.users()).allMatch((user) -> from.hasHold(user) && from.hold(user) == to.hold(user));
	}

	/**
	 * Makes the hold of one user of a call, or keeps the one that the user has. An
	 * expired hold is renewed.
	 */
	private List<SaleState> held(SaleState from, SaleCall call, int index, long time) {
		int user = call.users()[index];
		int hold = call.holds()[index];
		boolean had = from.hasHold(user);
		boolean mayMake = !had || mayHaveExpired(from.hold(user), time);
		boolean mayKeep = had && mayBeUnexpired(from.hold(user), call);
		if (!call.is(Answer.UNKNOWN)) {
			boolean before = call.operation().details().before().contains(call.operation().users().get(index));
			mayMake = mayMake && !before && this.sale.mayEnd(this.timeline.untils.get(hold), call.operation().invoked(),
					call.operation().responded());
			mayKeep = mayKeep && before && isSame(from.hold(user), hold);
		}
		List<SaleState> held = new ArrayList<>(2);
		if (mayMake) {
			held.add(changed(from, (state) -> state.makeHold(user, hold)));
		}
		if (mayKeep) {
			held.add(changed(from, (state) -> {
			}));
		}
		return held;
	}

	/** Whether two holds of a user have the same end, as far as it is known. */
	boolean isSame(int hold, int other) {
		long until = this.timeline.untils.get(hold);
		return until == Operation.NEVER || until == this.timeline.untils.get(other);
	}

	boolean mayHaveExpired(int hold, long time) {
		return this.sale.mayHaveExpired(this.timeline.earliestUntils.get(hold), time);
	}

	boolean mayBeUnexpired(int hold, SaleCall call) {
		return this.sale.mayBeUnexpired(this.timeline.untils.get(hold), call.operation().invoked());
	}

	/**
	 * Ends as many expired holds of other users as there are seats missing.
	 * @return each possible choice, copied
	 */
	private List<SaleState> withSeats(SaleState from, int missing, SaleCall call, long time) {
		if (missing <= 0) {
			return List.of(from.copy());
		}
		List<Integer> expired = IntStream.range(0, this.timeline.users())
			.filter((user) -> from.hasHold(user) && !call.concerns(user) && mayHaveExpired(from.hold(user), time))
			.boxed()
			.sorted(Comparator.comparing((Integer user) -> needsHold(from, user))
				.thenComparing((user) -> this.timeline.untils.get(from.hold(user))))
			.toList();
		List<SaleState> states = new ArrayList<>();
		endHolds(from, expired, 0, missing, states);
		return states;
	}

	private void endHolds(SaleState from, List<Integer> expired, int first, int missing, List<SaleState> states) {
		if (missing == 0) {
			states.add(from.copy());
			return;
		}
		for (int index = first; index <= expired.size() - missing; index++) {
			int user = expired.get(index);
			endHolds(changed(from, (state) -> state.endHold(user)), expired, index + 1, missing - 1, states);
			if (hasEnded(from, user) && expired.stream().skip(index).allMatch((other) -> isSooner(from, user, other))) {
				// To keep this hold instead of a later one would not allow more.
				return;
			}
		}
	}

	private boolean isSooner(SaleState from, int user, int other) {
		return this.timeline.untils.get(from.hold(user)) <= this.timeline.untils.get(from.hold(other));
	}

	/** Whether no call of the user is left, and no hold of the user is stored. */
	private boolean hasEnded(SaleState from, int user) {
		return !this.storedHolds[user] && this.timeline.callsOf(user).stream().allMatch(from::isLinearized);
	}

	/** Whether a call is left that perhaps refers to the hold of the user. */
	private boolean needsHold(SaleState from, int user) {
		return this.storedHolds[user] || this.timeline.callsOf(user)
			.stream()
			.anyMatch((call) -> !from.isLinearized(call) && !call.is(Answer.UNKNOWN) && !call.is(Answer.SOLD_OUT));
	}

	/**
	 * Ends the expired hold of a user with a pending call, whose answer may say that it
	 * is gone.
	 */
	List<SaleState> withoutExpiredHolds(SaleState from, List<SaleCall> pending, long time) {
		return pending.stream()
			.filter((call) -> !from.isLinearized(call))
			.flatMapToInt((call) -> IntStream.of(call.users()))
			.distinct()
			.filter((user) -> from.hasHold(user) && mayHaveExpired(from.hold(user), time))
			.mapToObj((user) -> changed(from, (state) -> state.endHold(user)))
			.toList();
	}

	/**
	 * Whether the state is the stored one, apart from expired holds.
	 */
	boolean isEnd(SaleState state, long readAt) {
		if (this.ledger == null) {
			return true;
		}
		int kept = 0;
		for (int user = 0; user < this.timeline.users(); user++) {
			if (state.hasHold(user)) {
				if (!this.storedHolds[user] && !mayHaveExpired(state.hold(user), readAt)) {
					return false;
				}
				kept += this.storedHolds[user] ? 1 : 0;
			}
		}
		List<UserId> stored = this.ledger.registrations();
		return kept == this.ledger.held() && state.capacity == this.ledger.capacity() && state.sold == stored.size()
				&& state.storedPrefix == stored.size();
	}

}
