package dev.lastseat.load;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Judges an event after the load: checks its invariants, and compares the registered
 * users with the answers.
 */
final class Audit {

	private static final int MAX_SHOWN = 5;

	private Audit() {
	}

	/**
	 * Reads the event, and prints a line when no check fails.
	 * @throws IllegalStateException when a check fails; the message has all findings
	 */
	static EventState require(Service service, Sale sale) {
		EventState state = service.event(sale.event());
		List<String> findings = findings(sale, state, service.registrations(sale.event()));
		if (!findings.isEmpty()) {
			throw new IllegalStateException("The invariant is broken for %s (%s): %s".formatted(sale.title(),
					sale.event(), String.join("; ", findings)));
		}
		System.out.printf(
				"%s: the invariant holds: %d of %d seats sold, as the answers said (%d users with an unknown outcome)%n",
				sale.title(), state.ticketsSold(), state.capacity(), sale.answers().unknownCount());
		return state;
	}

	/**
	 * A text for each check that fails; empty when all hold.
	 */
	private static List<String> findings(Sale sale, EventState state, List<String> registered) {
		List<String> findings = new ArrayList<>();
		Answers answers = sale.answers();
		int sold = state.ticketsSold();
		if (state.capacity() != sale.capacity()) {
			findings.add("the event has %d seats instead of %d".formatted(state.capacity(), sale.capacity()));
		}
		if (sold < 0 || sold > state.capacity()) {
			findings.add("%d tickets are sold, of %d seats".formatted(sold, state.capacity()));
		}
		if (state.remaining() != state.capacity() - sold) {
			findings.add("remaining is %d instead of %d".formatted(state.remaining(), state.capacity() - sold));
		}
		if (registered.size() != sold) {
			findings.add("%d tickets are sold, but %d users are registered".formatted(sold, registered.size()));
		}
		Set<String> distinct = new HashSet<>();
		add(findings, "registered twice", registered.stream().filter((user) -> !distinct.add(user)).toList());
		add(findings, "confirmed but not registered",
				answers.registered()
					.stream()
					.filter((user) -> !distinct.contains(user) && !answers.isUnknown(user))
					.toList());
		add(findings, "registered but not confirmed",
				distinct.stream().filter((user) -> !answers.isRegistered(user) && !answers.isUnknown(user)).toList());
		return findings;
	}

	private static void add(List<String> findings, String what, Collection<String> users) {
		if (!users.isEmpty()) {
			findings.add("%d %s: %s%s".formatted(users.size(), what,
					String.join(", ", users.stream().sorted().limit(MAX_SHOWN).toList()),
					(users.size() > MAX_SHOWN) ? ", ..." : ""));
		}
	}

}
