package dev.lastseat.history;

import java.util.List;

import dev.lastseat.booking.UserId;
import dev.lastseat.history.JournalTimeline.Counters;
import dev.lastseat.history.JournalTimeline.Kind;
import dev.lastseat.history.JournalTimeline.Spell;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the answer of an operation is true in a state of the journal. A hold that
 * had expired before the request was sent does not count, however long it stays stored.
 */
final class JournalAnswers {

	private final JournalTimeline timeline;

	private final Sale sale;

	JournalAnswers(JournalTimeline timeline, Sale sale) {
		this.timeline = timeline;
		this.sale = sale;
	}

	boolean permits(Operation operation, int state) {
		List<UserId> users = operation.users();
		return switch (operation.answer()) {
			case ALREADY_REGISTERED ->
				(operation.action() == Action.HOLD_PARTY) ? users.stream().anyMatch((user) -> isRegistered(user, state))
						: users.stream().allMatch((user) -> isRegistered(user, state));
			case NOT_REGISTERED -> !isRegistered(users.get(0), state);
			case NOT_HELD -> !this.timeline.is(Kind.HOLDING, users.get(0), state);
			case ALREADY_HELD -> users.stream().allMatch((user) -> isHeld(operation, user, state));
			case NOT_OPEN -> this.sale.mayBeUnopened(operation.invoked());
			case CLOSED -> this.sale.mayHaveClosed(operation.responded());
			case SOLD_OUT -> isSoldOut(operation, state);
			case SEATS_FREE -> canBook(operation, state);
			case ALREADY_WAITING -> isAtPlace(operation, state);
			case NOT_WAITING -> !this.timeline.is(Kind.WAITING, users.get(0), state);
			case CAPACITY_BELOW_SOLD -> {
				Counters counters = this.timeline.counters(state);
				yield counters.sold() + counters.held() - certainlyExpired(operation, state) > operation.capacity();
			}
			default -> false;
		};
	}

	/** Whether the place that the answer names is the one of the user in a state. */
	boolean isAtPlace(Operation operation, int state) {
		Spell spell = this.timeline.spell(operation.users().get(0), state);
		return spell != null && spell.kind == Kind.WAITING && operation.details().place() != null
				&& operation.details().place().position() == this.timeline.position(spell, state)
				&& operation.details().place().length() == this.timeline.counters(state).waiting();
	}

	private boolean isRegistered(UserId user, int state) {
		return this.timeline.is(Kind.REGISTERED, user, state);
	}

	private boolean isHeld(Operation operation, UserId user, int state) {
		Spell spell = this.timeline.spell(user, state);
		return spell != null && spell.kind == Kind.HOLDING && spell.until == operation.details().holds().get(user)
				&& this.sale.mayBeUnexpired(spell.until, operation.invoked());
	}

	private boolean isSoldOut(Operation operation, int state) {
		Counters counters = this.timeline.counters(state);
		if (!this.sale.mayHaveOpened(operation.responded()) || !this.sale.mayBeUnclosed(operation.invoked())
				|| isRefusedForRegistration(operation, state)) {
			return false;
		}
		Integer remaining = operation.details().remaining();
		if (counters.waiting() > 0) {
			return takers(operation, state, true) > 0 && (remaining == null || remaining == 0);
		}
		int takers = takers(operation, state, false);
		int fewest = counters.free() + certainlyExpired(operation, state);
		return takers > fewest && (remaining == null || (remaining < takers && remaining >= Math.max(0, fewest)
				&& remaining <= counters.free() + possiblyExpired(operation, state)));
	}

	private boolean isRefusedForRegistration(Operation operation, int state) {
		return operation.action().holds() && operation.users().stream().anyMatch((user) -> isRegistered(user, state));
	}

	/**
	 * @param renewals whether a user that renews an expired hold takes a seat
	 */
	private int takers(Operation operation, int state, boolean renewals) {
		return (int) operation.users().stream().filter((user) -> {
			Spell spell = this.timeline.spell(user, state);
			boolean renews = renewals && operation.action().holds() && spell != null && spell.kind == Kind.HOLDING
					&& this.sale.mayHaveExpired(spell.until, operation.responded());
			return spell == null || spell.kind == Kind.WAITING || renews;
		}).count();
	}

	private boolean canBook(Operation operation, int state) {
		Counters counters = this.timeline.counters(state);
		return this.timeline.is(Kind.HOLDING, operation.users().get(0), state)
				|| (counters.waiting() == 0 && counters.free() + possiblyExpired(operation, state) > 0);
	}

	private int certainlyExpired(Operation operation, int state) {
		return this.timeline.holdsOfOthers(operation.users(), state,
				(until) -> !this.sale.mayBeUnexpired(until, operation.invoked()));
	}

	private int possiblyExpired(Operation operation, int state) {
		return this.timeline.holdsOfOthers(operation.users(), state,
				(until) -> this.sale.mayHaveExpired(until, operation.responded()));
	}

	/**
	 * @return the objection to an operation that changes the event and names a place;
	 * null for none
	 */
	@Nullable String objectionToPlace(Operation operation, int state) {
		return (operation.answer() != Answer.JOINED || isAtPlace(operation, state)) ? null
				: "JOIN " + operation.subject() + " was answered with another place than the one of its entry";
	}

}
