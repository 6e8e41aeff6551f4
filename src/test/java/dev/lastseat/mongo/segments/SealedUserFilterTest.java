package dev.lastseat.mongo.segments;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The filter of sealed users grows with their number.
 */
class SealedUserFilterTest {

	private static final int SEGMENT_SIZE = 1_000;

	private static final int SEGMENTS = 50;

	private final SealedUserFilter filter = new SealedUserFilter();

	private static List<String> users(int from, int count) {
		return IntStream.range(from, from + count).mapToObj((number) -> "user-" + number).toList();
	}

	@Test
	void containsEveryAddedUserAndFewOthers() {
		for (int segment = 0; segment < SEGMENTS; segment++) {
			this.filter.add(users(segment * SEGMENT_SIZE, SEGMENT_SIZE), (segment + 1) * SEGMENT_SIZE);
		}

		assertThat(users(0, SEGMENTS * SEGMENT_SIZE)).allMatch(this.filter::mightContain);
		assertThat(users(SEGMENTS * SEGMENT_SIZE, SEGMENTS * SEGMENT_SIZE).stream().filter(this.filter::mightContain))
			.hasSizeLessThan(5);
		assertThat(this.filter.sealedCount()).isEqualTo(SEGMENTS * SEGMENT_SIZE);
		assertThat(this.filter.capacity()).isBetween(SEGMENTS * SEGMENT_SIZE, 2 * SEGMENTS * SEGMENT_SIZE);
	}

	@Test
	void usesNoMemoryWhileItIsEmpty() {
		assertThat(this.filter.capacity()).isZero();
		assertThat(this.filter.mightContain("user-0")).isFalse();
	}

	@Test
	void neverCoversFewerSegmentsThanBefore() {
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
