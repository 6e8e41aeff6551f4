package dev.lastseat.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.lastseat.booking.Hold;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;

/**
 * Generates legal histories with holds, parties and a sale window. It runs the operations
 * one after the other, each at a moment of its own and with a clock that is up to the
 * tolerance wrong. An operation then gets an interval around its moment.
 */
final class SaleHistories {

	private final Random random;

	private final Sale sale;

	private final List<UserId> registered = new ArrayList<>();

	private final Map<UserId, Long> holds = new TreeMap<>((one, other) -> one.value().compareTo(other.value()));

	private int capacity;

	/** What the deciding process reads from its clock. */
	private long clock;

	SaleHistories(Random random, int size) {
		this.random = random;
		long opensAt = random.nextBoolean() ? random.nextInt(size + 1) : Sale.ALWAYS;
		long closesAt = random.nextBoolean() ? random.nextInt(size + 1) + size + 1 : Operation.NEVER;
		this.sale = new Sale(opensAt, closesAt, 1 + random.nextInt(8), random.nextInt(3));
	}

	/**
	 * @param users the maximum of distinct users
	 * @param spread how far an interval reaches to either side of its moment; moments are
	 * two units apart
	 */
	History legal(int size, int users, int seats, int spread) {
		int initial = 1 + this.random.nextInt(seats);
		this.capacity = initial;
		List<Operation> operations = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			long begin = 2L * i - this.random.nextInt(spread + 1);
			long end = 2L * i + this.random.nextInt(spread + 1);
			advance(2L * i);
			Request request = request(users, seats);
			boolean unknown = this.random.nextInt(6) == 0;
			if (unknown && this.random.nextBoolean()) {
				operations.add(request.operation(begin, Operation.NEVER, Answer.UNKNOWN, Details.NONE));
				continue;
			}
			Operation decided = decide(request, begin, end);
			operations.add(unknown ? decided.pending() : decided);
		}
		advance(2L * size);
		List<Hold> stored = this.holds.keySet().stream().map((user) -> new Hold(user, Instant.EPOCH, false)).toList();
		return new History(Histories.EVENT, initial, this.sale, operations,
				new Ledger(this.capacity, this.registered.size(), stored.size(), this.registered, stored, List.of()),
				2L * size + spread + 9);
	}

	private void advance(long moment) {
		int tolerance = (int) this.sale.tolerance();
		this.clock = moment + this.random.nextInt(2 * tolerance + 1) - tolerance;
		if (this.random.nextInt(5) == 0) {
			this.holds.values().removeIf(this::isExpired);
		}
	}

	private Request request(int users, int seats) {
		Action action = switch (this.random.nextInt(12)) {
			case 0 -> Action.RESIZE;
			case 1, 2 -> Action.CANCEL;
			case 3 -> Action.RELEASE_HOLD;
			case 4 -> Action.BOOK_PARTY;
			case 5 -> Action.HOLD_PARTY;
			case 6, 7, 8 -> Action.HOLD;
			default -> Action.BOOK;
		};
		List<UserId> shuffled = IntStream.range(0, users)
			.mapToObj((number) -> new UserId("user-" + number))
			.collect(Collectors.toCollection(ArrayList::new));
		java.util.Collections.shuffle(shuffled, this.random);
		int count = action.isOfParty() ? 1 + this.random.nextInt(Math.min(3, users)) : 1;
		return (action == Action.RESIZE) ? new Request(action, List.of(), 1 + this.random.nextInt(seats))
				: new Request(action, shuffled.subList(0, count), 0);
	}

	private Operation decide(Request request, long begin, long end) {
		Map<UserId, Long> before = new HashMap<>(this.holds);
		List<UserId> registeredBefore = request.users.stream().filter(this.registered::contains).toList();
		Answer answer = switch (request.action) {
			case CANCEL -> this.registered.remove(request.users.get(0)) ? Answer.RELEASED : Answer.NOT_REGISTERED;
			case RELEASE_HOLD ->
				(this.holds.remove(request.users.get(0)) != null) ? Answer.HOLD_RELEASED : Answer.NOT_HELD;
			case RESIZE -> resize(request.capacity);
			case BOOK, BOOK_PARTY -> book(request);
			case HOLD, HOLD_PARTY -> hold(request);
			case JOIN, LEAVE -> throw new IllegalStateException("these histories have no waiting list");
		};
		return request.operation(begin, end, answer, switch (answer) {
			case BOOKED -> Details.ofRegistered((request.action == Action.BOOK) ? List.of() : registeredBefore);
			case SOLD_OUT ->
				request.action.isOfParty() ? Details.ofSoldOut(free() + expired(request.users).size()) : Details.NONE;
			case HELD, ALREADY_HELD ->
				new Details(request.users.stream().collect(Collectors.toMap((user) -> user, this.holds::get)),
						request.action.isOfParty() ? request.users.stream()
							.filter((user) -> this.holds.get(user).equals(before.get(user)))
							.toList() : List.of(),
						null, null);
			default -> Details.NONE;
		});
	}

	private Answer resize(int wanted) {
		if (this.registered.size() + this.holds.size() > wanted) {
			this.holds.values().removeIf(this::isExpired);
		}
		if (this.registered.size() + this.holds.size() > wanted) {
			return Answer.CAPACITY_BELOW_SOLD;
		}
		this.capacity = wanted;
		return Answer.CHANGED;
	}

	private Answer book(Request request) {
		List<UserId> missing = request.users.stream().filter((user) -> !this.registered.contains(user)).toList();
		int takers = (int) missing.stream().filter((user) -> !this.holds.containsKey(user)).count();
		if (missing.isEmpty()) {
			return Answer.ALREADY_REGISTERED;
		}
		Answer refusal = (takers > 0) ? refusal(request, takers) : Answer.BOOKED;
		if (refusal != Answer.BOOKED) {
			return refusal;
		}
		boolean confirms = request.action == Action.BOOK && takers == 0;
		missing.forEach(this.holds::remove);
		this.registered.addAll(missing);
		return confirms ? Answer.CONFIRMED : Answer.BOOKED;
	}

	private Answer hold(Request request) {
		if (request.users.stream().anyMatch(this.registered::contains)) {
			return Answer.ALREADY_REGISTERED;
		}
		List<UserId> missing = request.users.stream()
			.filter((user) -> !this.holds.containsKey(user) || isExpired(this.holds.get(user)))
			.toList();
		if (missing.isEmpty()) {
			return Answer.ALREADY_HELD;
		}
		Answer refusal = refusal(request,
				(int) missing.stream().filter((user) -> !this.holds.containsKey(user)).count());
		if (refusal != Answer.BOOKED) {
			return refusal;
		}
		missing.forEach((user) -> this.holds.put(user, this.clock + this.sale.holdLength()));
		return Answer.HELD;
	}

	/** Makes room for the takers. {@code BOOKED} is no refusal. */
	private Answer refusal(Request request, int takers) {
		if (this.sale.opensAt() != Sale.ALWAYS && this.clock < this.sale.opensAt()) {
			return Answer.NOT_OPEN;
		}
		if (this.clock >= this.sale.closesAt()) {
			return Answer.CLOSED;
		}
		List<UserId> expired = expired(request.users);
		if (takers > free() + expired.size()) {
			return Answer.SOLD_OUT;
		}
		while (takers > free()) {
			this.holds.remove(expired.remove(this.random.nextInt(expired.size())));
		}
		return Answer.BOOKED;
	}

	private List<UserId> expired(List<UserId> except) {
		return this.holds.keySet()
			.stream()
			.filter((user) -> !except.contains(user) && isExpired(this.holds.get(user)))
			.collect(Collectors.toCollection(ArrayList::new));
	}

	private boolean isExpired(long until) {
		return this.clock >= until;
	}

	private int free() {
		return this.capacity - this.registered.size() - this.holds.size();
	}

	private record Request(Action action, List<UserId> users, int capacity) {

		Operation operation(long begin, long end, Answer answer, Details details) {
			return new Operation(this.action, this.users, this.capacity, begin, end, answer, details);
		}

	}

}
