package dev.lastseat.metrics;

import dev.lastseat.booking.BookingMonitor;
import dev.lastseat.booking.StorageMonitor;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The entry point of this package. Provides the monitors, which use the meter registry of
 * Spring Boot.
 */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

	@Bean
	BookingMonitor bookingMonitor(MeterRegistry registry) {
		return new BookingMeters(new RequestMeters(registry), new AdmissionMeters(registry),
				new WaitingMeters(registry), new StorageErrorMeters(registry));
	}

	@Bean
	StorageMonitor storageMonitor(MeterRegistry registry) {
		return new StorageMeters(registry);
	}

}
