package dev.lastseat.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a history and their endpoints, in the order of time. Operations that
 * certainly changed nothing are left out.
 */
final class SaleTimeline {

	/** In the order of their invocations. */
	final List<SaleCall> calls = new ArrayList<>();

	/** In the order of time; invocations come before responses of the same moment. */
	final List<Endpoint> endpoints = new ArrayList<>();

	/** The ends of all holds; {@link Operation#NEVER} for one that is not known. */
	final List<Long> untils = new ArrayList<>();

	/**
	 * The earliest ends that holds may have, on the clock of the process that made them.
	 */
	final List<Long> earliestUntils = new ArrayList<>();

	private final Map<UserId, Integer> numbers = new HashMap<>();

	private final List<UserId> usersByNumber = new ArrayList<>();

	/** The calls of each user. */
	private final List<List<SaleCall>> callsOfUsers = new ArrayList<>();

	private final Map<List<?>, SaleCall> unknown = new HashMap<>();

	private final Sale sale;

	SaleTimeline(History history) {
		this.sale = history.sale();
		if (history.ledger() != null) {
			history.ledger().registrations().forEach(this::number);
		}
		history.operations()
			.stream()
			.filter((operation) -> operation.answer() != Answer.NOTHING_CHANGED)
			.sorted(Comparator.comparingLong(Operation::invoked))
			.forEach(this::add);
		this.endpoints.sort(Comparator.comparingLong(Endpoint::time).thenComparing(Endpoint::response));
	}

	/** The stored users have the first numbers, in the order of the stored list. */
	private int number(UserId user) {
		return this.numbers.computeIfAbsent(user, (first) -> {
			this.callsOfUsers.add(new ArrayList<>());
			this.usersByNumber.add(user);
			return this.callsOfUsers.size() - 1;
		});
	}

	@Nullable Integer numberOf(UserId user) {
		return this.numbers.get(user);
	}

	UserId user(int number) {
		return this.usersByNumber.get(number);
	}

	int users() {
		return this.callsOfUsers.size();
	}

	List<SaleCall> callsOf(int user) {
		return this.callsOfUsers.get(user);
	}

	private void add(Operation operation) {
		int[] users = operation.users().stream().mapToInt(this::number).toArray();
		List<?> request = List.of(operation.action(), operation.users(), operation.capacity());
		boolean isUnknown = operation.answer() == Answer.UNKNOWN;
		SaleCall call = new SaleCall(operation, this.calls.size(), users, holds(operation),
				isUnknown ? this.unknown.get(request) : null);
		if (isUnknown) {
			this.unknown.put(request, call);
		}
		this.calls.add(call);
		IntStream.of(users).forEach((user) -> this.callsOfUsers.get(user).add(call));
		this.endpoints.add(new Endpoint(operation.invoked(), false, call));
		if (!isUnknown) {
			this.endpoints.add(new Endpoint(operation.responded(), true, call));
		}
	}

	/**
	 * All users of a call with an unknown outcome share one unknown end. The clock of its
	 * process may be behind, so the end can be earlier than the invocation tells.
	 */
	private int[] holds(Operation operation) {
		if (!operation.action().holds() || operation.details().holds().isEmpty()) {
			int shared = (operation.action().holds() && operation.answer() == Answer.UNKNOWN)
					? hold(Operation.NEVER, this.sale.earliestEnd(operation.invoked())) : -1;
			return operation.users().stream().mapToInt((user) -> shared).toArray();
		}
		return operation.users()
			.stream()
			.map(operation.details().holds()::get)
			.mapToInt((until) -> hold(until, until))
			.toArray();
	}

	private int hold(long until, long earliest) {
		this.untils.add(until);
		this.earliestUntils.add(earliest);
		return this.untils.size() - 1;
	}

	/**
	 * @param response whether this is the response of the call, not its invocation
	 */
	record Endpoint(long time, boolean response, SaleCall call) {
	}

}
