package dev.lastseat.web.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.tracing.Tracer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.observation.ServerRequestObservationConvention;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.server.WebFilter;

/**
 * The entry point of this package. With a tracer, Spring observes each request, for a
 * span and the meters. Without one, {@link RequestMeters} updates the same meters: an
 * observation of a request has dozens of objects, and a meter needs none of them.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class RequestMetricsConfiguration {

	@Bean
	RequestMeters requestMeters(MeterRegistry registry) {
		return new RequestMeters(registry);
	}

	@Bean
	WebFilter requestMetersFilter(RequestMeters meters, ObjectProvider<Tracer> tracer) {
		return (tracer.getIfAvailable() != null) ? (exchange, chain) -> chain.filter(exchange)
				: new RequestMetersFilter(meters);
	}

	@Bean
	ObservationPredicate requestObservationPredicate(ObjectProvider<Tracer> tracer) {
		SingletonSupplier<Boolean> traced = SingletonSupplier.of(() -> tracer.getIfAvailable() != null);
		return (name, context) -> !name.equals(RequestMeters.NAME) || traced.obtain();
	}

	@Bean
	ServerRequestObservationConvention requestObservationConvention() {
		return new RequestObservationConvention();
	}

}
