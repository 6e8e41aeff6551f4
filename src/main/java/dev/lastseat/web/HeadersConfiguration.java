package dev.lastseat.web;

import java.time.Clock;

import dev.lastseat.web.server.DefaultHeaders;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * Adds the default headers to the responses of the server, and of the server on the
 * management port if there is one. Spring Boot creates that server in a context of its
 * own, and finds this class in a file in {@code META-INF/spring}.
 */
@ManagementContextConfiguration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class HeadersConfiguration {

	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> defaultHeaders() {
		return (factory) -> factory.addServerCustomizers(new DefaultHeaders(Clock.systemUTC()));
	}

}
