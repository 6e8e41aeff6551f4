package dev.lastseat.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;

/**
 * The invocations and responses of a history in the order of time. Invocations come
 * before responses of the same moment: such operations overlap. Operations that certainly
 * changed nothing are left out.
 */
final class Timeline {

	/** In the order of time. */
	final List<Endpoint> endpoints = new ArrayList<>();

	private final Map<UserId, UserState> states = new HashMap<>();

	/**
	 * @param history a history whose ledger, if present, contains no user twice
	 */
	static Timeline of(History history) {
		Timeline timeline = new Timeline();
		Ledger ledger = history.ledger();
		if (ledger != null) {
			ledger.registrations().forEach((user) -> timeline.states.put(user, new UserState(timeline.states.size())));
		}
		history.operations()
			.stream()
			.filter((operation) -> operation.answer() != Answer.NOTHING_CHANGED)
			.sorted(Comparator.comparingLong(Operation::invoked))
			.forEach(timeline::add);
		timeline.endpoints.sort(Comparator.comparingLong(Endpoint::time).thenComparing(Endpoint::response));
		timeline.markCallsAlone();
		return timeline;
	}

	private void add(Operation operation) {
		UserState state = (operation.user() == null) ? null
				: this.states.computeIfAbsent(operation.user(), (user) -> new UserState(Integer.MAX_VALUE));
		Call call = new Call(operation, state, this.endpoints.size());
		if (state != null) {
			state.expect(call);
		}
		this.endpoints.add(new Endpoint(operation.invoked(), false, call));
		if (operation.responded() != Operation.NEVER) {
			this.endpoints.add(new Endpoint(operation.responded(), true, call));
		}
	}

	private void markCallsAlone() {
		Map<UserState, Call> latest = new HashMap<>();
		for (Endpoint endpoint : this.endpoints) {
			Call call = endpoint.call();
			if (call.user != null && !endpoint.response()) {
				Call before = latest.get(call.user);
				call.alone = before == null || before.operation.responded() < call.operation.invoked();
				if (!call.alone) {
					before.alone = false;
				}
				// Of the earlier calls, only the one with the latest response needs to be
				// compared: if any of them overlaps with a later call, this one does.
				latest.merge(call.user, call, (one, other) -> one.respondsBefore(other) ? other : one);
			}
		}
	}

	/**
	 * @param response whether this is the response of the call, not its invocation
	 */
	record Endpoint(long time, boolean response, Call call) {
	}

}
