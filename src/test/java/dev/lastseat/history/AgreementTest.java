package dev.lastseat.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the checks with the definition and with each other, on small histories: legal
 * and illegal, with and without the stored state.
 */
class AgreementTest {

	private static boolean search(History history) {
		return new Search(history, Search.BUDGET).finds();
	}

	private static boolean searchSale(History history) {
		return new SaleSearch(history, Search.BUDGET).finds();
	}

	private static boolean check(History history) {
		return new Checker(Search.BUDGET).objection(history) == null;
	}

	private static History withoutLedger(History history) {
		return history.withoutLedger();
	}

	private static History small(long seed, boolean mixed) {
		Random random = new Random(seed);
		Histories histories = new Histories(random);
		History history = histories.legal(1 + random.nextInt(7), 1 + random.nextInt(4), 3, random.nextInt(9), mixed);
		for (int i = random.nextInt(3); i > 0 && !history.operations().isEmpty(); i--) {
			history = histories.mutated(history);
		}
		return history;
	}

	private static History smallSale(long seed) {
		Random random = new Random(seed);
		int size = 1 + random.nextInt(6);
		History history = new SaleHistories(random, size).legal(size, 1 + random.nextInt(4), 3, random.nextInt(9));
		Histories histories = new Histories(random);
		for (int i = random.nextInt(3); i > 0 && !history.operations().isEmpty(); i--) {
			history = histories.mutated(history);
		}
		return history;
	}

	@Property(tries = 20_000)
	void theRulesAgreeWithTheDefinitionOnBookings(@ForAll long seed) {
		History history = small(seed, false);

		assertThat(check(history)).isEqualTo(BruteForceSearch.explains(history));
		assertThat(check(withoutLedger(history))).isEqualTo(BruteForceSearch.explains(withoutLedger(history)));
	}

	@Property(tries = 20_000)
	void theSearchAgreesWithTheRulesOnBookings(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int size) {
		Random random = new Random(seed);
		Histories histories = new Histories(random);
		History history = histories.legal(size, 1 + random.nextInt(20), 8, random.nextInt(20), false);
		if (random.nextBoolean()) {
			history = histories.mutated(history);
		}

		assertThat(search(history)).isEqualTo(check(history));
		assertThat(search(withoutLedger(history))).isEqualTo(check(withoutLedger(history)));
	}

	@Property(tries = 20_000)
	void theSearchAgreesWithTheDefinition(@ForAll long seed) {
		History history = small(seed, true);

		assertThat(search(history)).isEqualTo(BruteForceSearch.explains(history));
		assertThat(search(withoutLedger(history))).isEqualTo(BruteForceSearch.explains(withoutLedger(history)));
	}

	@Property(tries = 20_000)
	void theSaleSearchAgreesWithTheDefinition(@ForAll long seed) {
		History history = smallSale(seed);

		assertThat(searchSale(history)).isEqualTo(BruteForceSearch.explains(history));
		assertThat(searchSale(withoutLedger(history))).isEqualTo(BruteForceSearch.explains(withoutLedger(history)));
	}

	@Property(tries = 20_000)
	void theSaleSearchAgreesWithTheSearch(@ForAll long seed) {
		History history = small(seed, true);

		assertThat(searchSale(history)).isEqualTo(search(history));
		assertThat(searchSale(withoutLedger(history))).isEqualTo(search(withoutLedger(history)));
	}

	@Property(tries = 1_000)
	void acceptsEveryLegalHistoryOfASale(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size,
			@ForAll @IntRange(min = 1, max = 30) int users, @ForAll @IntRange(min = 1, max = 12) int seats,
			@ForAll @IntRange(max = 8) int spread) {
		History history = new SaleHistories(new Random(seed), size).legal(size, users, seats, spread);

		for (CheckResult result : List.of(CheckResult.of(history), CheckResult.of(withoutLedger(history)))) {
			Statistics.collect(result.getClass().getSimpleName());
			assertThat(result).isNotInstanceOf(CheckResult.Violation.class);
		}
		// A search may reach its budget, in rare cases.
		Statistics.coverage((coverage) -> coverage.check("Linearizable").percentage((part) -> part > 99));
	}

	/**
	 * A violation shows the shortest prefix that the definition does not explain.
	 */
	@Property(tries = 5_000)
	void theSmallestPrefixIsTheSmallestByDefinition(@ForAll long seed, @ForAll boolean mixed) {
		History history = small(seed, mixed);
		if (!(CheckResult.of(history) instanceof CheckResult.Violation violation)) {
			return;
		}

		History prefix = withoutLedger(history).with(violation.prefix());
		assertThat(BruteForceSearch.explains(prefix)).isEqualTo(violation.offender() == null);
		if (violation.offender() != null) {
			List<Operation> shorter = new ArrayList<>(prefix.operations());
			shorter.replaceAll((operation) -> (operation == violation.offender()) ? operation.pending() : operation);
			assertThat(BruteForceSearch.explains(prefix.with(shorter))).isTrue();
		}
	}

	@Property(tries = 500)
	void acceptsEveryLegalHistoryOfBookings(@ForAll long seed, @ForAll @IntRange(min = 1, max = 2_000) int size,
			@ForAll @IntRange(min = 1, max = 300) int users, @ForAll @IntRange(min = 1, max = 200) int seats,
			@ForAll @IntRange(max = 500) int spread) {
		History history = new Histories(new Random(seed)).legal(size, users, seats, spread, false);

		assertThat(CheckResult.of(history)).isEqualTo(new CheckResult.Linearizable());
		assertThat(CheckResult.of(withoutLedger(history))).isEqualTo(new CheckResult.Linearizable());
	}

	@Property(tries = 500)
	void acceptsEveryLegalHistory(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size,
			@ForAll @IntRange(min = 1, max = 60) int users, @ForAll @IntRange(min = 1, max = 12) int seats,
			@ForAll @IntRange(max = 8) int spread) {
		History history = new Histories(new Random(seed)).legal(size, users, seats, spread, true);

		assertThat(CheckResult.of(history)).isEqualTo(new CheckResult.Linearizable());
	}

}
