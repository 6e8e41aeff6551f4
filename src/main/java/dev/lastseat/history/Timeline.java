package dev.lastseat.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;

/**
 * The invocations and responses of a history, one after the other. Of what happens at one
 * moment the invocations come first, so that nothing is taken for earlier that may not
 * have been. What is known to have changed nothing is left out.
 */
final class Timeline {

	/** In order of time. */
	final List<Moment> moments = new ArrayList<>();

	private final Map<UserId, Person> people = new HashMap<>();

	/**
	 * @param history whose ledger, if there is one, has nobody twice
	 */
	static Timeline of(History history) {
		Timeline timeline = new Timeline();
		Ledger ledger = history.ledger();
		if (ledger != null) {
			ledger.registrations().forEach((user) -> timeline.people.put(user, new Person(timeline.people.size())));
		}
		history.operations()
			.stream()
			.filter((operation) -> operation.answer() != Answer.NOTHING_CHANGED)
			.sorted(Comparator.comparingLong(Operation::invoked))
			.forEach(timeline::add);
		timeline.moments.sort(Comparator.comparingLong(Moment::time).thenComparing(Moment::response));
		timeline.findWhoIsAlone();
		return timeline;
	}

	private void add(Operation operation) {
		Person person = (operation.user() == null) ? null
				: this.people.computeIfAbsent(operation.user(), (user) -> new Person(Integer.MAX_VALUE));
		Call call = new Call(operation, person, this.moments.size());
		if (person != null) {
			person.expect(call);
		}
		this.moments.add(new Moment(operation.invoked(), false, call));
		if (operation.responded() != Operation.NEVER) {
			this.moments.add(new Moment(operation.responded(), true, call));
		}
	}

	private void findWhoIsAlone() {
		Map<Person, Call> latest = new HashMap<>();
		for (Moment moment : this.moments) {
			Call call = moment.call();
			if (call.person != null && !moment.response()) {
				Call before = latest.get(call.person);
				call.alone = before == null || before.operation.responded() < call.operation.invoked();
				if (!call.alone) {
					before.alone = false;
				}
				// Of those before, the one that ends last overlaps with this one if any
				// does.
				latest.merge(call.person, call, (one, other) -> one.isMoreUrgentThan(other) ? other : one);
			}
		}
	}

	/**
	 * @param response whether the call is answered then, and not made
	 */
	record Moment(long time, boolean response, Call call) {
	}

}
