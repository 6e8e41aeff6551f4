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
 * Who may look inside: read the metrics and whatever else the operator exposes. On a port
 * of their own, whoever reaches it; otherwise who has the scope, or in open mode who is
 * on this machine.
 */
final class InsideAccess implements ReactiveAuthorizationManager<AuthorizationContext> {

	private final Mode mode;

	private final ManagementPortType port;

	InsideAccess(Mode mode, ManagementPortType port) {
		this.mode = mode;
		this.port = port;
	}

	@Override
	public Mono<AuthorizationResult> authorize(Mono<Authentication> caller, AuthorizationContext request) {
		if (this.port == ManagementPortType.DIFFERENT || (this.mode == Mode.OPEN && isFromHere(request))) {
			return Mono.just(new AuthorizationDecision(true));
		}
		return caller.map((known) -> Callers.has(known, Scopes.METRICS_READ))
			.defaultIfEmpty(false)
			.map(AuthorizationDecision::new);
	}

	private static boolean isFromHere(AuthorizationContext request) {
		InetSocketAddress remote = request.getExchange().getRequest().getRemoteAddress();
		return remote != null && remote.getAddress() != null && remote.getAddress().isLoopbackAddress();
	}

}
