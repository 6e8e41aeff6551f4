package dev.lastseat.web.log;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Logs every request, including those that a later filter rejects. A stream is logged at
 * its end.
 */
public final class AccessLogFilter implements WebFilter, Ordered {

	private final AccessLog log;

	public AccessLogFilter(AccessLog log) {
		this.log = log;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		this.log.begin(exchange);
		return chain.filter(exchange).doFinally((end) -> this.log.end(exchange, end));
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	/**
	 * Spring calls this for each request, and keeps the result until the request ends.
	 */
	@Override
	public String toString() {
		return "access log";
	}

}
