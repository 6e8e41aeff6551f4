package dev.lastseat.security;

import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;

/**
 * The access rule of the metrics and of all other actuator endpoints that the operator
 * exposes, in jwt mode. If they have a port of their own, every request is allowed. On
 * the port of the service a request needs the scope {@code metrics:read}.
 */
final class ManagementAccess implements ReactiveAuthorizationManager<AuthorizationContext> {

	private final ManagementPortType port;

	ManagementAccess(ManagementPortType port) {
		this.port = port;
	}

	@Override
	public Mono<AuthorizationResult> authorize(Mono<Authentication> caller, AuthorizationContext request) {
		if (this.port == ManagementPortType.DIFFERENT) {
			return Mono.just(new AuthorizationDecision(true));
		}
		return caller.map((found) -> Callers.has(found, Scopes.METRICS_READ))
			.defaultIfEmpty(false)
			.map(AuthorizationDecision::new);
	}

}
