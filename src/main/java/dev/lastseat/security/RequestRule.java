package dev.lastseat.security;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Matches requests by method and path, as Spring Security's own matcher does, but does
 * not tell the log at each step: those texts are put together for every rule and every
 * request, whether anybody wants them or not, and were a quarter of what a request
 * allocated.
 *
 * @param method null for any
 */
record RequestRule(@Nullable HttpMethod method, PathPattern path) implements ServerWebExchangeMatcher {

	static RequestRule of(@Nullable HttpMethod method, String path) {
		return new RequestRule(method, PathPatternParser.defaultInstance.parse(path));
	}

	@Override
	public Mono<MatchResult> matches(ServerWebExchange exchange) {
		boolean matches = (this.method == null || this.method.equals(exchange.getRequest().getMethod()))
				&& this.path.matches(exchange.getRequest().getPath().pathWithinApplication());
		return matches ? MatchResult.match() : MatchResult.notMatch();
	}

}
