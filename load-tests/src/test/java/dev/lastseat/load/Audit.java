package dev.lastseat.load;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Judges an event after the load: what must hold of it at all times, and whether those
 * who are registered are those who were told so.
 */
final class Audit {

	private static final int NAMES_SHOWN = 5;

	private Audit() {
	}

	/**
	 * Reads the event back and prints that all is well with it.
	 * @throws IllegalStateException saying everything that is wrong with it
	 */
	static EventState require(Service service, Sale sale) {
		EventState state = service.event(sale.event());
		List<String> findings = findings(sale, state, service.registrations(sale.event()));
		if (!findings.isEmpty()) {
			throw new IllegalStateException("The invariant is broken for %s (%s): %s".formatted(sale.title(),
					sale.event(), String.join("; ", findings)));
		}
		System.out.printf("%s: the invariant holds: %d of %d seats sold, to those who were told so (%d unsure)%n",
				sale.title(), state.ticketsSold(), state.capacity(), sale.answers().unsureCount());
		return state;
	}

	/**
	 * What is wrong, a sentence each; nothing is a good sign.
	 */
	private static List<String> findings(Sale sale, EventState state, List<String> registered) {
		List<String> findings = new ArrayList<>();
		Answers answers = sale.answers();
		int sold = state.ticketsSold();
		if (state.capacity() != sale.capacity()) {
			findings.add("there are %d seats, of %d that were asked for".formatted(state.capacity(), sale.capacity()));
		}
		if (sold < 0 || sold > state.capacity()) {
			findings.add("%d tickets are sold of %d".formatted(sold, state.capacity()));
		}
		if (state.remaining() != state.capacity() - sold) {
			findings
				.add("%d tickets are said to remain, and %d do".formatted(state.remaining(), state.capacity() - sold));
		}
		if (registered.size() != sold) {
			findings.add("%d tickets are sold and %d users registered".formatted(sold, registered.size()));
		}
		Set<String> distinct = new HashSet<>();
		add(findings, "registered twice", registered.stream().filter((user) -> !distinct.add(user)).toList());
		add(findings, "told to hold a seat and not registered",
				answers.holders()
					.stream()
					.filter((user) -> !distinct.contains(user) && !answers.isUnsure(user))
					.toList());
		add(findings, "registered and told to hold none",
				distinct.stream().filter((user) -> !answers.holds(user) && !answers.isUnsure(user)).toList());
		return findings;
	}

	private static void add(List<String> findings, String what, Collection<String> users) {
		if (!users.isEmpty()) {
			findings.add("%d %s: %s%s".formatted(users.size(), what,
					String.join(", ", users.stream().sorted().limit(NAMES_SHOWN).toList()),
					(users.size() > NAMES_SHOWN) ? ", ..." : ""));
		}
	}

}
