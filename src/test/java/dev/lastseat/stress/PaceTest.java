package dev.lastseat.stress;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PaceTest {

	private static void answer(Pace pace, int total) {
		pace.begin(System.nanoTime());
		for (int number = 1; number <= total; number++) {
			pace.answered(number);
		}
	}

	@Test
	void measuresTheFirstAndTheLastAnswers() {
		Pace pace = new Pace(150_000);

		answer(pace, 150_000);

		Pace.Rates rates = pace.rates().orElseThrow();
		assertThat(rates.first()).isPositive();
		assertThat(rates.last()).isPositive();
	}

	@Test
	void hasNoRatesForASmallRace() {
		Pace pace = new Pace(99_999);

		answer(pace, 99_999);

		assertThat(pace.rates()).isEmpty();
	}

}
