package dev.lastseat.web.metrics;

import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Measures every request, including those that a later filter rejects. A stream is
 * measured until its end.
 */
final class RequestMetersFilter implements WebFilter, Ordered {

	private final RequestMeters meters;

	RequestMetersFilter(RequestMeters meters) {
		this.meters = meters;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		RequestMeters.Measurement measurement = this.meters.start(exchange);
		return chain.filter(exchange)
			.doOnError(measurement::failed)
			.doFinally((end) -> stop(exchange, measurement, end));
	}

	/**
	 * Waits for the response if an error has none yet: the handlers of errors write it
	 * after the filters.
	 */
	private static void stop(ServerWebExchange exchange, RequestMeters.Measurement measurement, SignalType end) {
		if (end == SignalType.ON_ERROR && !exchange.getResponse().isCommitted()) {
			exchange.getResponse().beforeCommit(() -> {
				measurement.stop(false);
				return Mono.empty();
			});
		}
		else {
			measurement.stop(end == SignalType.CANCEL);
		}
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
		return "request meters";
	}

}
