package dev.lastseat.web;

import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Several filters as one. Spring adds two operators for each filter.
 */
final class FilterSequence implements WebFilter, Ordered {

	private final WebFilter filters;

	private final int order;

	/**
	 * @param filters in their order, one or more
	 */
	FilterSequence(int order, List<WebFilter> filters) {
		this.order = order;
		this.filters = filters.stream().reduce(FilterSequence::concat).orElseThrow();
	}

	private static WebFilter concat(WebFilter first, WebFilter second) {
		return (exchange, chain) -> first.filter(exchange, (filtered) -> second.filter(filtered, chain));
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return this.filters.filter(exchange, chain);
	}

	@Override
	public int getOrder() {
		return this.order;
	}

	/**
	 * Spring calls this for each request, and keeps the result until the request ends.
	 */
	@Override
	public String toString() {
		return "filters";
	}

}
