package dev.lastseat.config;

import java.time.Clock;

import dev.lastseat.booking.AnswerPacers;
import dev.lastseat.booking.BookingMonitor;
import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.ChangeListener;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.StorageMonitor;
import dev.lastseat.embedded.EmbeddedSettings;
import dev.lastseat.mongo.FailureLog;
import dev.lastseat.mongo.SaleSettings;
import dev.lastseat.mongo.MongoTimeouts;
import dev.lastseat.mongo.segments.SegmentSize;
import dev.lastseat.security.Callers;
import dev.lastseat.security.SecuritySettings.Mode;
import dev.lastseat.security.SecuritySettings;
import dev.lastseat.warmup.WarmupSettings;
import dev.lastseat.web.UserGuard;
import dev.lastseat.web.WebSettings;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Creates the booking service, and passes each package its part of the properties.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LastseatProperties.class)
class LastseatConfiguration {

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

	@Bean
	BookingService bookingService(EventRepository events, Clock clock, BookingMonitor monitor, ChangeListener listener,
			LastseatProperties properties, ObjectProvider<AnswerPacers> pacers, ObjectProvider<Scheduler> timeouts) {
		return new BookingService(events, clock, monitor, listener, properties.booking().toQueueSettings(),
				timeouts.getIfAvailable(Schedulers::parallel),
				pacers.getIfAvailable(() -> AnswerPacers.of(Schedulers.parallel())));
	}

	@Bean
	EmbeddedSettings embeddedSettings(LastseatProperties properties) {
		return properties.embedded();
	}

	@Bean
	MongoTimeouts mongoTimeouts(LastseatProperties properties) {
		return properties.mongodb();
	}

	@Bean
	SaleSettings saleSettings(LastseatProperties properties) {
		return properties.booking().toSaleSettings();
	}

	/**
	 * Commands do not serve, so they sweep nothing.
	 */
	@Bean
	@ConditionalOnWebApplication
	HoldSweep holdSweep(BookingService bookings, LastseatProperties properties, StorageMonitor monitor) {
		return new HoldSweep(bookings, properties.booking().expiryInterval(), new FailureLog(monitor),
				Schedulers.parallel());
	}

	@Bean
	SegmentSize segmentSize(LastseatProperties properties) {
		return properties.booking().toSegmentSize();
	}

	@Bean
	SecuritySettings securitySettings(LastseatProperties properties) {
		return properties.security();
	}

	@Bean
	@ConditionalOnWebApplication
	UserGuard userGuard(Mode mode) {
		return (mode == Mode.JWT) ? Callers::requireMayActFor : UserGuard.NONE;
	}

	@Bean
	WarmupSettings warmupSettings(LastseatProperties properties) {
		return properties.warmup();
	}

	@Bean
	WebSettings webSettings(LastseatProperties properties) {
		return properties.web();
	}

}
