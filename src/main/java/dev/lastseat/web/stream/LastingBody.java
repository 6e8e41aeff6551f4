package dev.lastseat.web.stream;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Writes a stream after the handler and the other filters have completed. Their operators
 * and objects take several kilobytes, which would otherwise stay in memory until the
 * stream ends. Only the access log and the meters of the request, which end with the
 * stream, are outside of this filter.
 */
public final class LastingBody implements WebFilter {

	/** The exchange attribute with the body, which the handler replaces. */
	private static final String BODY = LastingBody.class.getName();

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		String accept = exchange.getRequest().getHeaders().getFirst(HttpHeaders.ACCEPT);
		if (accept == null || !accept.contains("text/event-stream")) {
			return chain.filter(exchange);
		}
		exchange.getAttributes().put(BODY, Mono.empty());
		return chain.filter(exchange).then(Mono.defer(() -> take(exchange)));
	}

	/**
	 * Leaves the body to this filter. When the filter did not recognize the request, as
	 * with {@code Accept: text/*}, the body is written by the handler.
	 */
	static Mono<Void> write(ServerWebExchange exchange, Mono<Void> body) {
		return (exchange.getAttributes().replace(BODY, body) != null) ? Mono.empty() : body;
	}

	@SuppressWarnings("unchecked") // only this class sets the attribute
	private static Mono<Void> take(ServerWebExchange exchange) {
		exchange.getAttributes().remove(RouterFunctions.REQUEST_ATTRIBUTE);
		exchange.getAttributes().remove(RouterFunctions.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
		return (Mono<Void>) exchange.getAttributes().remove(BODY);
	}

}
