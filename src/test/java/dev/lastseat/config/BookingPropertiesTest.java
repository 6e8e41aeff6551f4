package dev.lastseat.config;

import java.util.Map;

import dev.lastseat.booking.QueueSettings;
import dev.lastseat.mongo.segments.SegmentSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The defaults are defined twice: in the core, and as default values of the properties.
 */
class BookingPropertiesTest {

	@Test
	void defaultsAreThoseOfTheCore() {
		BookingProperties properties = bind(Map.of());

		assertThat(properties.toQueueSettings()).isEqualTo(QueueSettings.DEFAULTS);
		assertThat(properties.toSegmentSize()).isEqualTo(SegmentSize.DEFAULT);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 15_001 })
	void refusesASegmentSizeThatIsOutOfBounds(int size) {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> bind(Map.of("lastseat.booking.segment-size", size)))
			.havingRootCause()
			.withMessage("lastseat.booking.segment-size must be 1 to 15000");
	}

	private static BookingProperties bind(Map<String, ?> values) {
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("lastseat.booking",
				BookingProperties.class);
	}

}
