package dev.lastseat.web;

import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Lets the page that shows the description of the API run: springdoc serves its files
 * without a policy, and the one for answers that load nothing blocks all of them.
 */
final class SwaggerUiPolicy implements WebFilter {

	/** The style element in the logo of Swagger UI: its only inline style. */
	private static final String LOGO = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='";

	/**
	 * As {@link Page#POLICY}, and its logo, and the {@code data:} images of its style
	 * sheet.
	 */
	static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' " + LOGO
			+ "; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	private static final String FILES = "/swagger-ui/";

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (exchange.getRequest().getPath().pathWithinApplication().value().startsWith(FILES)) {
			exchange.getResponse().getHeaders().set("Content-Security-Policy", POLICY);
		}
		return chain.filter(exchange);
	}

}
