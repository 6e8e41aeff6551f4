package dev.lastseat.bench;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BenchSettingsTest {

	@Test
	void measuresAllDefaultRows() {
		assertThat(BenchSettings.of(null, false, 5, null).rows()).containsAll(BenchSettings.ROWS)
			.containsAll(HoldRows.names());
	}

	@Test
	void leavesOutTheRowsWithFewerClientsAndThoseThatTakeLongWhenQuick() {
		assertThat(BenchSettings.of(null, true, 5, null).rows()).hasSize(BenchSettings.ROWS.size() - 3 + 2)
			.doesNotContain("hot-16", "hot-64", "warm", "onsale", "holds-10000")
			.contains("hot-256", "hold", "confirm");
	}

	@Test
	void measuresTheRequestedRowsWhenQuickToo() {
		assertThat(BenchSettings.of("hot", true, 5, null).rows()).containsExactly("hot-16", "hot-64", "hot-256");
	}

	@Test
	void measuresOnlyTheRowWithExactlyTheRequestedName() {
		assertThat(BenchSettings.of("hold", true, 5, null).rows()).containsExactly("hold");
		assertThat(BenchSettings.of("holds", true, 5, null).rows()).containsExactly("holds-10", "holds-10-single",
				"holds-1000", "holds-1000-single", "holds-10000", "holds-10000-single");
	}

	@Test
	void measuresBigEventsOnlyOnRequest() {
		assertThat(BenchSettings.of(null, false, 5, null).rows()).noneMatch((row) -> row.startsWith("big"));
		assertThat(BenchSettings.of("big-book", false, 5, null).rows()).containsExactly("big-book-1k",
				"big-book-alone-1k", "big-book-10k", "big-book-alone-10k", "big-book-100k", "big-book-alone-100k",
				"big-book-1M", "big-book-alone-1M");
	}

	@Test
	void measuresCancellationsOnlyOnRequest() {
		assertThat(BenchSettings.of(null, false, 5, null).rows()).noneMatch((row) -> row.startsWith("cancel"));
		assertThat(BenchSettings.of("cancel", true, 5, null).rows()).containsExactly("cancel-held-200",
				"cancel-held-400", "cancel-held-2k", "cancel-held-2k-apart", "cancel-none-200", "cancel-none-400",
				"cancel-none-2k", "cancel-none-2k-apart");
	}

	@Test
	void hasNoRowsForAnUnknownName() {
		assertThat(BenchSettings.of("cold", false, 5, null).rows()).isEmpty();
	}

	@Test
	void hasALongTimeLimitForARequestedNumberOfRequests() {
		BenchSettings asked = BenchSettings.of(null, true, null, 40);

		assertThat(asked.requests()).isEqualTo(40);
		assertThat(asked.limit()).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
		assertThat(asked.length()).isEqualTo(Duration.ofMillis(500));
	}

	@Test
	void hasAShortTimeLimitByDefault() {
		assertThat(BenchSettings.of(null, true, null, null).limit()).isEqualTo(Duration.ofMillis(500));
	}

	@Test
	void boundsRunsWithADurationByARequestedNumberOfRequests() {
		BenchSettings asked = BenchSettings.of(null, true, null, 40);

		assertThat(asked.windowRequests()).isEqualTo(40);
		assertThat(asked.atMost(5000)).isEqualTo(40);
		assertThat(asked.atMost(10)).isEqualTo(10);
		assertThat(asked.window(Duration.ofSeconds(10))).isEqualTo(asked.limit());
	}

	@Test
	void doesNotBoundRunsWithADurationByDefault() {
		BenchSettings settings = BenchSettings.of(null, true, null, null);

		assertThat(settings.windowRequests()).isGreaterThan(1_000_000);
		assertThat(settings.atMost(5000)).isEqualTo(5000);
		assertThat(settings.window(Duration.ofSeconds(10))).isEqualTo(Duration.ofSeconds(10));
	}

}
