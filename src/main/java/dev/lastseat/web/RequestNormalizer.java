package dev.lastseat.web;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Writes requests in another form where Spring would misread them, before anything else
 * looks at them: access rules and routes see the same request.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RequestNormalizer implements WebFilter {

	/** Spring fails on more (MimeTypeUtils.sortBySpecificity). */
	private static final int MAX_RANGES = 50;

	/** Starts of the media types that there are, and of the ranges that have them. */
	private static final List<String> SENT = List.of("*/*", "application/json", "application/problem+json",
			"application/*", "application/yaml", "text/", "application/vnd.spring-boot.actuator",
			"application/openmetrics-text", "image/");

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = withoutParameters(withFewRanges(withGet(exchange.getRequest())));
		return chain.filter((request != exchange.getRequest()) ? exchange.mutate().request(request).build() : exchange);
	}

	/**
	 * The actuator answers a {@code HEAD} of anything that is not there with 204. The
	 * server leaves out the body of the answer to a {@code HEAD} in any case.
	 */
	private static ServerHttpRequest withGet(ServerHttpRequest request) {
		return (request.getMethod() == HttpMethod.HEAD && request.getURI().getRawPath().startsWith("/actuator/"))
				? request.mutate().method(HttpMethod.GET).build() : request;
	}

	/**
	 * Empty elements of a list mean nothing (RFC 9110, 5.6.1). Of too many, those are
	 * kept that an answer can be chosen by.
	 */
	private static ServerHttpRequest withFewRanges(ServerHttpRequest request) {
		List<String> accept = request.getHeaders().getOrEmpty(HttpHeaders.ACCEPT);
		List<String> ranges = accept.stream().flatMap(RequestNormalizer::elements).toList();
		if (accept.isEmpty() || (ranges.size() <= MAX_RANGES && ranges.stream().noneMatch(String::isEmpty))) {
			return request;
		}
		List<String> few = ranges.stream().filter(RequestNormalizer::isSent).distinct().limit(MAX_RANGES).toList();
		List<String> kept = few.isEmpty() ? ranges.stream().filter((range) -> !range.isEmpty()).limit(1).toList() : few;
		return request.mutate().headers((headers) -> {
			headers.remove(HttpHeaders.ACCEPT);
			if (!kept.isEmpty()) {
				headers.set(HttpHeaders.ACCEPT, String.join(", ", kept));
			}
		}).build();
	}

	private static Stream<String> elements(String header) {
		return MimeTypeUtils.tokenize(header).stream().map(String::strip);
	}

	private static boolean isSent(String range) {
		return SENT.stream().anyMatch((type) -> range.regionMatches(true, 0, type, 0, type.length()));
	}

	/**
	 * A semicolon is a part of a segment like any other character. Spring takes it for
	 * the beginning of parameters, and leaves them out.
	 */
	private static ServerHttpRequest withoutParameters(ServerHttpRequest request) {
		URI uri = request.getURI();
		if (uri.getRawPath() == null || uri.getRawPath().indexOf(';') < 0) {
			return request;
		}
		String path = uri.getRawPath().replace(";", "%3B");
		String query = (uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "";
		return request.mutate().uri(URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path + query)).build();
	}

}
