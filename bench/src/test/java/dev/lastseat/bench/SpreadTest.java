package dev.lastseat.bench;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SpreadTest {

	@Test
	void takesTheMiddleOfAnOddNumberOfValuesAsMedian() {
		assertThat(Spread.of(5, 1, 4, 2, 30)).isEqualTo(new Spread(4, 1, 30));
	}

	@Test
	void takesTheMeanOfTheTwoMiddleValuesOfAnEvenNumberAsMedian() {
		assertThat(Spread.of(6, 1, 4, 2)).isEqualTo(new Spread(3, 1, 6));
	}

	@Test
	void doesNotSortItsArgument() {
		double[] figures = { 3, 1, 2 };

		Spread.of(figures);

		assertThat(figures).containsExactly(3, 1, 2);
	}

}
