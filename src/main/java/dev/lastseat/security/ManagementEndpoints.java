package dev.lastseat.security;

import org.springframework.boot.actuate.info.InfoEndpoint;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.EndpointRequest;
import org.springframework.security.web.server.util.matcher.OrServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;

/**
 * Matches the requests to the actuator.
 */
final class ManagementEndpoints {

	/** Health and info. */
	static final ServerWebExchangeMatcher PUBLIC = EndpointRequest.to(HealthEndpoint.class, InfoEndpoint.class);

	/** The metrics and all other endpoints that the operator exposes. */
	static final ServerWebExchangeMatcher PROTECTED = new OrServerWebExchangeMatcher(
			EndpointRequest.toAnyEndpoint().excluding(HealthEndpoint.class, InfoEndpoint.class),
			EndpointRequest.toLinks());

	private ManagementEndpoints() {
	}

}
