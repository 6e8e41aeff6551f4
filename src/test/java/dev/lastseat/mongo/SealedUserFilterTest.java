package dev.lastseat.mongo;

import java.util.List;
import java.util.stream.IntStream;

import dev.lastseat.mongo.segments.SealedUserFilter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is remembered of sealed users, however many they become.
 */
class SealedUserFilterTest {

	private static final int PAGE = 1_000;

	private static final int PAGES = 50;

	private final SealedUserFilter filter = new SealedUserFilter();

	private static List<String> users(int from, int count) {
		return IntStream.range(from, from + count).mapToObj((number) -> "user-" + number).toList();
	}

	@Test
	void holdsEverybodyWhoWasAddedAndHardlyAnybodyElse() {
		for (int page = 0; page < PAGES; page++) {
			this.filter.add(users(page * PAGE, PAGE), (page + 1) * PAGE);
		}

		assertThat(users(0, PAGES * PAGE)).allMatch(this.filter::mightContain);
		assertThat(users(PAGES * PAGE, PAGES * PAGE).stream().filter(this.filter::mightContain)).hasSizeLessThan(5);
		assertThat(this.filter.sealedCount()).isEqualTo(PAGES * PAGE);
		assertThat(this.filter.capacity()).isBetween(PAGES * PAGE, 2 * PAGES * PAGE);
	}

	@Test
	void takesNoRoomBeforeItHoldsAnybody() {
		assertThat(this.filter.capacity()).isZero();
		assertThat(this.filter.mightContain("user-0")).isFalse();
	}

	@Test
	void coversNoMoreThanItWasToldAndGoesNeverBack() {
		assertThat(this.filter.covers(0)).isTrue();
		assertThat(this.filter.covers(1)).isFalse();

		this.filter.coverBelow(3);
		this.filter.coverBelow(2);
		this.filter.add(users(0, 4), 4);
		this.filter.add(users(0, 2), 2);

		assertThat(this.filter.covers(3)).isTrue();
		assertThat(this.filter.covers(4)).isFalse();
		assertThat(this.filter.sealedCount()).isEqualTo(4);
	}

}
