package dev.lastseat.security;

import java.net.InetSocketAddress;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Protects the actuator in open mode, if it has no port of its own. Only this machine can
 * read the metrics and all other endpoints that the operator exposes. Health and info are
 * public. A preflight changes nothing and is allowed.
 */
final class LocalManagement implements WebFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (isFromLoopback(exchange.getRequest()) || CorsUtils.isPreFlightRequest(exchange.getRequest())) {
			return chain.filter(exchange);
		}
		return ManagementEndpoints.PROTECTED.matches(exchange)
			.flatMap((match) -> match.isMatch() ? Mono.error(LocalManagement::forbidden) : chain.filter(exchange));
	}

	private static boolean isFromLoopback(ServerHttpRequest request) {
		InetSocketAddress remote = request.getRemoteAddress();
		return remote != null && remote.getAddress() != null && remote.getAddress().isLoopbackAddress();
	}

	private static ResponseStatusException forbidden() {
		return new ResponseStatusException(HttpStatus.FORBIDDEN, "only this machine may read this");
	}

}
