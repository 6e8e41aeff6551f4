package dev.lastseat.history;

import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The checks against the definition and against each other, on small histories, legal and
 * illegal, with and without the stored document.
 */
class AgreementTest {

	private static boolean search(History history) {
		return new Search(history, Search.BUDGET).finds();
	}

	private static boolean check(History history) {
		return new Checker(Search.BUDGET).objection(history) == null;
	}

	private static History answersOf(History history) {
		return new History(history.event(), history.capacity(), history.operations(), null);
	}

	private static History small(long seed, boolean mixed) {
		Random random = new Random(seed);
		Histories histories = new Histories(random);
		History history = histories.legal(1 + random.nextInt(7), 1 + random.nextInt(4), 3, random.nextInt(9), mixed);
		for (int i = random.nextInt(3); i > 0 && !history.operations().isEmpty(); i--) {
			history = histories.spoilt(history);
		}
		return history;
	}

	@Property(tries = 20_000)
	void theRulesSayOfBookingsWhatTheDefinitionSays(@ForAll long seed) {
		History history = small(seed, false);

		assertThat(check(history)).isEqualTo(EverySequence.explains(history));
		assertThat(check(answersOf(history))).isEqualTo(EverySequence.explains(answersOf(history)));
	}

	@Property(tries = 20_000)
	void theSearchSaysOfBookingsWhatTheRulesSay(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int size) {
		Random random = new Random(seed);
		Histories histories = new Histories(random);
		History history = histories.legal(size, 1 + random.nextInt(20), 8, random.nextInt(20), false);
		if (random.nextBoolean()) {
			history = histories.spoilt(history);
		}

		assertThat(search(history)).isEqualTo(check(history));
		assertThat(search(answersOf(history))).isEqualTo(check(answersOf(history)));
	}

	@Property(tries = 20_000)
	void theSearchSaysWhatTheDefinitionSays(@ForAll long seed) {
		History history = small(seed, true);

		assertThat(search(history)).isEqualTo(EverySequence.explains(history));
		assertThat(search(answersOf(history))).isEqualTo(EverySequence.explains(answersOf(history)));
	}

}
