package dev.lastseat.bench;

import dev.lastseat.LastseatApplication;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RowsTest {

	@Test
	void hasTheRowsOfTheSettingsAndStartsNothingBeforeTheyAreBuilt() {
		BenchSettings settings = BenchSettings.of(null, true, null, null);
		try (LoadGenerator generator = new LoadGenerator();
				Services services = new Services(LastseatApplication.class,
						new MeasuredProcess.Settings("-XX:NoSuchOption", null))) {
			Workloads workloads = new Workloads(generator, settings);

			assertThat(new Rows(workloads, new Streams(generator, settings, workloads),
					new FreshProcess(generator, settings, services), services)
				.all()).containsOnlyKeys(BenchSettings.ROWS);
		}
	}

}
