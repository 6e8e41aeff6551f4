package dev.lastseat.config;

import io.micrometer.tracing.Tracer;
import reactor.core.publisher.Hooks;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configures what only traces need.
 */
@Configuration(proxyBeanMethods = false)
class TracingConfiguration {

	/**
	 * Sets the trace id for the log lines of every thread that works on a traced request.
	 * Without traces this is off, because it takes a third of the time of a request.
	 */
	@Bean
	SmartInitializingSingleton contextPropagation(ObjectProvider<Tracer> tracer) {
		return () -> tracer.ifAvailable((present) -> Hooks.enableAutomaticContextPropagation());
	}

}
