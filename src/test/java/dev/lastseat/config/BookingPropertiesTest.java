package dev.lastseat.config;

import java.util.Map;

import dev.lastseat.booking.LaneSettings;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The defaults stand in two places: in the core, which knows no properties, and where a
 * property without a value is bound.
 */
class BookingPropertiesTest {

	@Test
	void haveTheDefaultsOfTheCore() {
		Binder nothing = new Binder(new MapConfigurationPropertySource(Map.of()));

		assertThat(nothing.bindOrCreate("lastseat.booking", BookingProperties.class).toLaneSettings())
			.isEqualTo(LaneSettings.DEFAULTS);
	}

}
