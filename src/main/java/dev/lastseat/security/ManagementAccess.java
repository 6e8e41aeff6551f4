package dev.lastseat.security;

import java.net.InetSocketAddress;

import dev.lastseat.security.SecuritySettings.Mode;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;

/**
 * The access rule of the metrics and of all other actuator endpoints that the operator
 * exposes. If they have a port of their own, every request is allowed. On the port of the
 * service a request needs the scope {@code metrics:read}, or in open mode a loopback
 * address.
 */
final class ManagementAccess implements ReactiveAuthorizationManager<AuthorizationContext> {

	private final Mode mode;

	private final ManagementPortType port;

	ManagementAccess(Mode mode, ManagementPortType port) {
		this.mode = mode;
		this.port = port;
	}

	@Override
	public Mono<AuthorizationResult> authorize(Mono<Authentication> caller, AuthorizationContext request) {
		if (this.port == ManagementPortType.DIFFERENT || (this.mode == Mode.OPEN && isFromLoopback(request))) {
			return Mono.just(new AuthorizationDecision(true));
		}
		return caller.map((found) -> Callers.has(found, Scopes.METRICS_READ))
			.defaultIfEmpty(false)
			.map(AuthorizationDecision::new);
	}

	private static boolean isFromLoopback(AuthorizationContext request) {
		InetSocketAddress remote = request.getExchange().getRequest().getRemoteAddress();
		return remote != null && remote.getAddress() != null && remote.getAddress().isLoopbackAddress();
	}

}
