package dev.lastseat.config;

import java.time.Duration;
import java.util.Map;

import dev.lastseat.booking.QueueSettings;
import dev.lastseat.mongo.SaleSettings;
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
		assertThat(properties.toSaleSettings()).isEqualTo(SaleSettings.DEFAULT);
		assertThat(properties.expiryInterval()).isEqualTo(Duration.ofSeconds(1));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 15_001 })
	void refusesASegmentSizeThatIsOutOfBounds(int size) {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> bind(Map.of("lastseat.booking.segment-size", size)))
			.havingRootCause()
			.withMessage("lastseat.booking.segment-size must be 1 to 15000");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 25_001 })
	void refusesALimitOfHoldsThatIsOutOfBounds(int holds) {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> bind(Map.of("lastseat.booking.max-holds", holds)))
			.havingRootCause()
			.withMessage("lastseat.booking.max-holds must be 1 to 25000");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 10_001 })
	void refusesALimitOfTheWaitingListThatIsOutOfBounds(int users) {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> bind(Map.of("lastseat.booking.max-waiting-list", users)))
			.havingRootCause()
			.withMessage("lastseat.booking.max-waiting-list must be 1 to 10000");
	}

	@ParameterizedTest
	@ValueSource(strings = { "99ms", "0", "-1s" })
	void refusesAnExpiryIntervalBelowTheMinimum(String interval) {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> bind(Map.of("lastseat.booking.expiry-interval", interval)))
			.havingRootCause()
			.withMessage("lastseat.booking.expiry-interval must be at least 100ms");
	}

	@Test
	void acceptsSettingsOfSalesAtTheirBounds() {
		BookingProperties properties = bind(
				Map.of("lastseat.booking.expiry-interval", "100ms", "lastseat.booking.max-holds", 25_000,
						"lastseat.booking.max-waiting-list", 10_000, "lastseat.booking.journal", false));

		assertThat(properties.expiryInterval()).isEqualTo(Duration.ofMillis(100));
		assertThat(properties.toSaleSettings()).isEqualTo(new SaleSettings(25_000, 10_000, false));
	}

	private static BookingProperties bind(Map<String, ?> values) {
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("lastseat.booking",
				BookingProperties.class);
	}

}
