package dev.lastseat.bench;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

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

	@Test
	void readsWhatWasUsedBetweenTwoReadings() {
		AtomicLong commands = new AtomicLong(5);
		CostMeter meter = new CostMeter(commands::get);
		Cost before = meter.read();
		commands.set(8);
		byte[] allocated = new byte[1_000_000];

		Cost used = meter.read().minus(before);

		assertThat(used.commands()).isEqualTo(3);
		assertThat(used.bytes()).isGreaterThanOrEqualTo(allocated.length);
		assertThat(used.cpuMicros()).isNotNegative();
	}

	@Test
	void countsTheObjectsThatAreInUseAsHeap() {
		long before = CostMeter.heap();
		byte[][] used = new byte[64][1024 * 1024];

		assertThat(CostMeter.heap() - before).isBetween(32L * 1024 * 1024, 128L * 1024 * 1024);
		assertThat(used).hasDimensions(64, 1024 * 1024);
	}

	@Test
	void addsTheDifferenceOfTheProcessToARun() {
		Iterator<Cost> readings = List.of(new Cost(1, 10, 100), new Cost(3, 50, 700)).iterator();

		Run run = Service.metered(Mono.fromSupplier(readings::next), Mono.just(Runs.ofRate(1))).block();

		assertThat(run.cost()).isEqualTo(new Cost(2, 40, 600));
	}

}
