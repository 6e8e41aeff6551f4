package dev.lastseat.bench;

import dev.lastseat.LastseatApplication;
import dev.lastseat.warmup.WarmupSettings;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class RowsTest {

	@Test
	void hasTheRowsOfTheSettingsAndStartsNothingBeforeTheyAreBuilt() {
		BenchSettings settings = BenchSettings.of(null, true, null, null);
		try (LoadGenerator generator = new LoadGenerator();
				LoadGenerator storm = new LoadGenerator();
				Services services = new Services(LastseatApplication.class,
						new MeasuredProcess.Settings("-XX:NoSuchOption", null))) {
			Workloads workloads = new Workloads(generator, storm, settings);

			assertThat(new Rows(workloads, new RouteLoads(generator, workloads),
					new Streams(generator, settings, workloads), new Standings(generator, settings),
					new FreshProcess(generator, settings, services), services)
				.all()).containsOnlyKeys(BenchSettings.ROWS);
		}
	}

	@Test
	void startsNewProcessesWithTheWarmUpOfTheService() {
		WarmupSettings defaults = new Binder(new MapConfigurationPropertySource()).bindOrCreate("lastseat.warmup",
				WarmupSettings.class);

		assertThat(Services.OWN_WARM_UP).isEqualTo("lastseat.warmup.time=" + defaults.time().toSeconds() + "s");
	}

}
