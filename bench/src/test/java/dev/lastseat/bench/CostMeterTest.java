package dev.lastseat.bench;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CostMeterTest {

	@Test
	void countsTheBytesAllocatedBetweenTwoReadings() {
		assertThat(CostMeter.allocatedSince(Map.of(1L, 100L, 2L, 10L), Map.of(1L, 150L, 2L, 10L))).isEqualTo(50);
	}

	@Test
	void countsAllBytesOfANewThread() {
		assertThat(CostMeter.allocatedSince(Map.of(1L, 100L), Map.of(1L, 100L, 2L, 30L))).isEqualTo(30);
	}

	@Test
	void ignoresThreadsThatHaveEnded() {
		assertThat(CostMeter.allocatedSince(Map.of(1L, 100L, 2L, 5000L), Map.of(1L, 150L))).isEqualTo(50);
	}

}
