package dev.lastseat.history;

import java.util.ArrayList;
import java.util.List;
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

	/**
	 * What a violation shows is the shortest beginning that the definition does not
	 * explain.
	 */
	@Property(tries = 5_000)
	void theSmallestPrefixIsTheSmallestByDefinition(@ForAll long seed, @ForAll boolean mixed) {
		History history = small(seed, mixed);
		if (!(Judgement.of(history) instanceof Judgement.Violation violation)) {
			return;
		}

		History prefix = new History(history.event(), history.capacity(), violation.prefix(), null);
		assertThat(EverySequence.explains(prefix)).isEqualTo(violation.offender() == null);
		if (violation.offender() != null) {
			List<Operation> shorter = new ArrayList<>(prefix.operations());
			shorter.replaceAll((operation) -> (operation == violation.offender()) ? operation.unanswered() : operation);
			assertThat(EverySequence.explains(new History(history.event(), history.capacity(), shorter, null)))
				.isTrue();
		}
	}

	@Property(tries = 500)
	void everyHistoryOfBookingsThatHappenedIsLegal(@ForAll long seed, @ForAll @IntRange(min = 1, max = 2_000) int size,
			@ForAll @IntRange(min = 1, max = 300) int users, @ForAll @IntRange(min = 1, max = 200) int seats,
			@ForAll @IntRange(max = 500) int spread) {
		History history = new Histories(new Random(seed)).legal(size, users, seats, spread, false);

		assertThat(Judgement.of(history)).isEqualTo(new Judgement.Linearizable());
		assertThat(Judgement.of(answersOf(history))).isEqualTo(new Judgement.Linearizable());
	}

	@Property(tries = 500)
	void everyHistoryThatHappenedIsLegal(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size,
			@ForAll @IntRange(min = 1, max = 60) int users, @ForAll @IntRange(min = 1, max = 12) int seats,
			@ForAll @IntRange(max = 8) int spread) {
		History history = new Histories(new Random(seed)).legal(size, users, seats, spread, true);

		assertThat(Judgement.of(history)).isEqualTo(new Judgement.Linearizable());
	}

}
