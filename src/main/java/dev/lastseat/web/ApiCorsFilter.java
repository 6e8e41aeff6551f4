package dev.lastseat.web;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;

/**
 * Comes before the filters of Spring Security: a preflight has no token, and a page must
 * be able to read that it needs one. Spring's filter would end each preflight, also one
 * for an address that has no configuration here.
 */
final class ApiCorsFilter extends CorsWebFilter implements Ordered {

	private final CorsConfigurationSource source;

	ApiCorsFilter(CorsSettings settings) {
		this(ApiCorsProcessor.source(settings));
	}

	private ApiCorsFilter(CorsConfigurationSource source) {
		super(source, new ApiCorsProcessor());
		this.source = source;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return (this.source.getCorsConfiguration(exchange) != null) ? super.filter(exchange, chain)
				: chain.filter(exchange);
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE + 1;
	}

}
