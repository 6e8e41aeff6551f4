package dev.lastseat.web;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.util.CollectionUtils;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;

/**
 * Runs before the filters of Spring Security, for two reasons. A preflight request has no
 * access token, and a web page must be able to read the response that says that a token
 * is missing.
 * <p>
 * The filter of Spring would answer every preflight request, even on paths without CORS
 * configuration.
 */
final class ApiCorsFilter extends CorsWebFilter {

	private final CorsConfigurationSource source;

	private final boolean anyOrigin;

	ApiCorsFilter(CorsSettings settings) {
		this(ApiCorsProcessor.source(settings), !CollectionUtils.isEmpty(settings.allowedOrigins()));
	}

	/**
	 * @param anyOrigin whether a web page of any other origin is allowed; otherwise only
	 * preflight requests are examined
	 */
	private ApiCorsFilter(CorsConfigurationSource source, boolean anyOrigin) {
		super(source, new ApiCorsProcessor());
		this.source = source;
		this.anyOrigin = anyOrigin;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		boolean examined = this.anyOrigin || exchange.getRequest().getMethod() == HttpMethod.OPTIONS;
		return (examined && this.source.getCorsConfiguration(exchange) != null) ? super.filter(exchange, chain)
				: chain.filter(exchange);
	}

}
