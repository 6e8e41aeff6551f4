package dev.lastseat.history;

import java.util.List;
import java.util.stream.IntStream;

import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the answer of a call that changes nothing is true in a state. A hold that
 * had expired before the request was sent does not count, however long it stays stored.
 */
final class SaleAnswers {

	private final SaleTimeline timeline;

	private final SaleSpecification specification;

	private final Sale sale;

	SaleAnswers(SaleTimeline timeline, SaleSpecification specification, Sale sale) {
		this.timeline = timeline;
		this.specification = specification;
		this.sale = sale;
	}

	/**
	 * @param time the moment
	 */
	boolean permits(SaleState state, SaleCall call, long time) {
		int[] users = call.users();
		return switch (call.operation().answer()) {
			case ALREADY_REGISTERED ->
				(call.action() == Action.HOLD_PARTY) ? IntStream.of(users).anyMatch(state::isRegistered)
						: IntStream.of(users).allMatch(state::isRegistered);
			case NOT_REGISTERED -> !state.isRegistered(users[0]);
			case NOT_HELD -> !state.hasHold(users[0]);
			case ALREADY_HELD -> allHeld(state, call);
			case CAPACITY_BELOW_SOLD -> state.sold + unexpired(state, call) > call.operation().capacity();
			case NOT_OPEN -> this.sale.mayBeUnopened(call.operation().invoked());
			case CLOSED -> this.sale.mayHaveClosed(call.operation().responded()) && needsSale(state, call, time);
			case SOLD_OUT -> isSoldOut(state, call, time);
			default -> false;
		};
	}

	private boolean allHeld(SaleState state, SaleCall call) {
		return IntStream.range(0, call.users().length).allMatch((index) -> {
			int user = call.users()[index];
			return state.hasHold(user) && this.specification.isSame(state.hold(user), call.holds()[index])
					&& this.specification.mayBeUnexpired(state.hold(user), call);
		});
	}

	/** Whether the call needs a seat, or a new hold in the place of an expired one. */
	private boolean needsSale(SaleState state, SaleCall call, long time) {
		if (isRefusedForRegistration(state, call)) {
			return false;
		}
		return IntStream.of(call.users())
			.anyMatch((user) -> isTaker(state, user) || (call.action().holds() && state.hasHold(user)
					&& this.specification.mayHaveExpired(state.hold(user), time)));
	}

	private static boolean isRefusedForRegistration(SaleState state, SaleCall call) {
		return call.action().holds() && IntStream.of(call.users()).anyMatch(state::isRegistered);
	}

	private static boolean isTaker(SaleState state, int user) {
		return !state.isRegistered(user) && !state.hasHold(user);
	}

	private boolean isSoldOut(SaleState state, SaleCall call, long time) {
		int takers = (int) IntStream.of(call.users()).filter((user) -> isTaker(state, user)).count();
		int fewest = state.capacity - state.sold - unexpired(state, call);
		if (takers <= fewest || isRefusedForRegistration(state, call)
				|| !this.sale.mayHaveOpened(call.operation().responded())
				|| !this.sale.mayBeUnclosed(call.operation().invoked())) {
			return false;
		}
		Integer remaining = call.operation().details().remaining();
		return remaining == null || (remaining < takers && remaining >= Math.max(0, fewest)
				&& remaining <= state.freeSeats() + expiredOfOthers(state, call, time));
	}

	/** Holds that were perhaps not expired when the call was invoked. */
	private int unexpired(SaleState state, SaleCall call) {
		int count = 0;
		for (int user = 0; count < state.held && user < this.timeline.users(); user++) {
			// A party needs no seat for a user with a hold, so its own holds count.
			boolean counts = state.hasHold(user)
					&& (call.concerns(user) || this.specification.mayBeUnexpired(state.hold(user), call));
			count += counts ? 1 : 0;
		}
		return count;
	}

	private int expiredOfOthers(SaleState state, SaleCall call, long time) {
		return (int) IntStream.range(0, this.timeline.users())
			.filter((user) -> state.hasHold(user) && !call.concerns(user)
					&& this.specification.mayHaveExpired(state.hold(user), time))
			.count();
	}

}
