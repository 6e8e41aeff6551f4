package dev.lastseat.security;

import dev.lastseat.security.SecuritySettings.Mode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * The entry point of this package. If the application has a web server, provides the
 * mode, the protection of open mode, and the header {@code Strict-Transport-Security}.
 * Needs a bean of type {@link SecuritySettings}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class SecurityConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(SecurityConfiguration.class);

	@Bean
	Mode securityMode(Environment environment) {
		Mode mode = Mode.of(environment);
		if (mode == Mode.OPEN) {
			logger.warn("Security: open - requests are not authenticated, and every client may do everything. "
					+ "To require access tokens, set spring.security.oauth2.resourceserver.jwt.issuer-uri");
		}
		else {
			logger.info("Security: jwt - requests are authenticated by access tokens");
		}
		return mode;
	}

	@Bean
	LoopbackWhenOpen loopbackWhenOpen(Mode mode, ServerProperties server) {
		return new LoopbackWhenOpen(mode, server);
	}

	@Bean
	@Conditional(StrictTransport.Possible.class)
	StrictTransport strictTransport() {
		return new StrictTransport();
	}

	/**
	 * Runs last, so that requests for other paths do not reach it.
	 */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	@Conditional(InMode.Open.class)
	@ConditionalOnManagementPort(ManagementPortType.SAME)
	LocalManagement localManagement() {
		return new LocalManagement();
	}

}
