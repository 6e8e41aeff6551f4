package dev.lastseat.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The states of an event by its journal. State 0 is the one without registrations; state
 * n is the one after n entries.
 */
final class JournalTimeline {

	private final List<Counters> counters = new ArrayList<>();

	private final Map<UserId, List<Spell>> spells = new HashMap<>();

	private final List<Spell> holds = new ArrayList<>();

	private final List<Spell> waits = new ArrayList<>();

	/**
	 * Adds the next state.
	 * @param user the user whose state may have changed; null for none
	 */
	void add(JournalState state, @Nullable UserId user) {
		if (user != null) {
			List<Spell> ofUser = this.spells.computeIfAbsent(user, (key) -> new ArrayList<>());
			if (!ofUser.isEmpty()) {
				ofUser.get(ofUser.size() - 1).to = this.counters.size() - 1;
			}
			Spell next = Spell.of(state, user, this.counters.size());
			ofUser.add(next);
			if (next.kind == Kind.HOLDING) {
				this.holds.add(next);
			}
			else if (next.kind == Kind.WAITING) {
				this.waits.add(next);
			}
		}
		this.counters.add(new Counters(state.capacity(), state.sold(), state.held(), state.waiting().size()));
	}

	int last() {
		return this.counters.size() - 1;
	}

	Counters counters(int state) {
		return this.counters.get(state);
	}

	/**
	 * @return what the event is to the user in a state; null for nothing
	 */
	@Nullable Spell spell(UserId user, int state) {
		return this.spells.getOrDefault(user, List.of())
			.stream()
			.filter((spell) -> spell.kind != Kind.NONE && spell.contains(state))
			.findFirst()
			.orElse(null);
	}

	boolean is(Kind kind, UserId user, int state) {
		Spell spell = spell(user, state);
		return spell != null && spell.kind == kind;
	}

	/** The number of holds of other users in a state whose end meets a condition. */
	int holdsOfOthers(List<UserId> users, int state, LongPredicate until) {
		return (int) this.holds.stream()
			.filter((hold) -> hold.contains(state) && until.test(hold.until) && !users.contains(hold.user))
			.count();
	}

	/** The position of a waiting user in a state. */
	int position(Spell spell, int state) {
		return (int) this.waits.stream().filter((wait) -> wait.contains(state) && wait.from <= spell.from).count();
	}

	/** What the event is to a user. */
	enum Kind {

		NONE, REGISTERED, HOLDING, WAITING

	}

	/** The numbers of a state. */
	record Counters(int capacity, int sold, int held, int waiting) {

		int free() {
			return this.capacity - this.sold - this.held;
		}

	}

	/** Consecutive states in which the event is the same to a user. */
	static final class Spell {

		final Kind kind;

		/** The end of the hold. */
		final long until;

		private final UserId user;

		private final int from;

		private int to = Integer.MAX_VALUE;

		private Spell(Kind kind, UserId user, int from, long until) {
			this.kind = kind;
			this.user = user;
			this.from = from;
			this.until = until;
		}

		static Spell of(JournalState state, UserId user, int from) {
			JournalState.HeldSeat hold = state.hold(user);
			if (hold != null) {
				return new Spell(Kind.HOLDING, user, from, hold.until());
			}
			Kind kind = state.waiting().contains(user) ? Kind.WAITING : Kind.NONE;
			return new Spell(state.isRegistered(user) ? Kind.REGISTERED : kind, user, from, Operation.NEVER);
		}

		boolean contains(int state) {
			return this.from <= state && state <= this.to;
		}

	}

}
