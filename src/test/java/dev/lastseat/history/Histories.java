package dev.lastseat.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;

/**
 * Generates histories. A legal history comes from running the operations one after the
 * other, each at a moment of its own. An operation then gets an interval around its
 * moment.
 */
final class Histories {

	static final EventId EVENT = new EventId("event");

	private final Random random;

	Histories(Random random) {
		this.random = random;
	}

	/**
	 * @param users the maximum of distinct users
	 * @param spread how far an interval reaches to either side of its moment; moments are
	 * two units apart
	 * @param mixed whether there are cancellations and changes of the capacity
	 */
	History legal(int size, int users, int seats, int spread, boolean mixed) {
		int capacity = 1 + this.random.nextInt(seats);
		int capacityNow = capacity;
		List<UserId> registered = new ArrayList<>();
		List<Operation> operations = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			long begin = 2L * i - this.random.nextInt(spread + 1);
			long end = 2L * i + this.random.nextInt(spread + 1);
			UserId user = new UserId("user-" + this.random.nextInt(users));
			boolean pending = this.random.nextInt(6) == 0;
			boolean effective = !pending || this.random.nextBoolean();
			int kind = mixed ? this.random.nextInt(8) : 7;
			if (kind == 0) {
				int wanted = 1 + this.random.nextInt(seats);
				boolean fits = registered.size() <= wanted;
				capacityNow = (fits && effective) ? wanted : capacityNow;
				operations.add(pending ? Operation.resize(wanted, begin, Operation.NEVER, Answer.UNKNOWN)
						: Operation.resize(wanted, begin, end, fits ? Answer.CHANGED : Answer.CAPACITY_BELOW_SOLD));
			}
			else if (kind < 4) {
				boolean registeredBefore = effective ? registered.remove(user) : false;
				operations.add(pending ? Operation.cancel(user, begin, Operation.NEVER, Answer.UNKNOWN) : Operation
					.cancel(user, begin, end, registeredBefore ? Answer.RELEASED : Answer.NOT_REGISTERED));
			}
			else {
				Answer answer = registered.contains(user) ? Answer.ALREADY_REGISTERED
						: ((registered.size() < capacityNow) ? Answer.BOOKED : Answer.SOLD_OUT);
				if (answer == Answer.BOOKED && effective) {
					registered.add(user);
				}
				operations
					.add(pending ? pendingBooking(user, begin, effective) : Operation.book(user, begin, end, answer));
			}
		}
		return new History(EVENT, capacity, operations,
				new Ledger(capacityNow, registered.size(), 0, registered, List.of(), List.of()));
	}

	/** A booking without effect may be known to have none. */
	private Operation pendingBooking(UserId user, long begin, boolean effective) {
		return (effective || this.random.nextBoolean()) ? Operation.book(user, begin, Operation.NEVER, Answer.UNKNOWN)
				: Operation.book(user, begin, begin, Answer.NOTHING_CHANGED);
	}

	/** Changes one thing in a history, which may make it illegal. */
	History mutated(History history) {
		List<Operation> operations = new ArrayList<>(history.operations());
		Ledger ledger = history.ledger();
		int index = this.random.nextInt(operations.size());
		Operation one = operations.get(index);
		switch (this.random.nextInt(6)) {
			case 0 -> operations.remove(index);
			case 1 -> operations.set(index, with(one, one.invoked(), one.responded(), another(one, history.isPlain())));
			case 2 -> {
				long shift = this.random.nextInt(9) - 4;
				boolean never = one.responded() == Operation.NEVER;
				operations.set(index, with(one, one.invoked() + shift,
						never ? Operation.NEVER : one.responded() + shift, one.answer()));
			}
			case 3 -> {
				List<UserId> registered = new ArrayList<>(ledger.registrations());
				Collections.shuffle(registered, this.random);
				ledger = new Ledger(ledger.capacity(), ledger.ticketsSold(), ledger.held(), registered, ledger.holds(),
						List.of());
			}
			case 4 -> {
				List<UserId> registered = new ArrayList<>(ledger.registrations());
				if (!registered.isEmpty()) {
					registered.remove(this.random.nextInt(registered.size()));
				}
				ledger = new Ledger(ledger.capacity(), registered.size(), ledger.held(), registered, ledger.holds(),
						List.of());
			}
			default -> operations.set(index, with(one, one.invoked(), Operation.NEVER, Answer.UNKNOWN));
		}
		return new History(history.event(), history.capacity(), history.sale(), operations, ledger, history.readAt());
	}

	private Answer another(Operation operation, boolean plain) {
		List<Answer> answers = List.of(Answer.values())
			.stream()
			.filter((answer) -> answer.answers(operation.action()) && (answer.isPlain() || !plain))
			.filter((answer) -> (answer == Answer.UNKNOWN) == (operation.responded() == Operation.NEVER))
			.toList();
		return answers.get(this.random.nextInt(answers.size()));
	}

	private static Operation with(Operation one, long invoked, long responded, Answer answer) {
		Map<UserId, Long> holds = one.users()
			.stream()
			.collect(Collectors.toMap((user) -> user, (user) -> one.details().holds().getOrDefault(user, invoked + 4)));
		boolean ofParty = one.action().isOfParty() && answer != Answer.UNKNOWN;
		return new Operation(one.action(), one.users(), one.capacity(), invoked, responded, answer,
				new Details(answer.namesHolds() ? holds : Map.of(), ofParty ? one.details().before() : List.of(),
						(ofParty && answer == Answer.SOLD_OUT) ? one.details().remaining() : null, null));
	}

}
