package dev.lastseat.web;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Rewrites requests that Spring would misinterpret, before access rules and routes see
 * them. Only the access log and the meters are outside: they show a request as it was
 * sent.
 */
final class RequestNormalizer implements WebFilter {

	/**
	 * The maximum number of media ranges that Spring accepts ({@code
	 * MimeTypeUtils.sortBySpecificity}).
	 */
	private static final int MAX_RANGES = 50;

	/**
	 * Prefixes of the media types of this service and of the ranges that include them.
	 */
	private static final List<String> OFFERED = List.of("*/*", "application/json", "application/problem+json",
			"application/*", "application/yaml", "text/", "application/vnd.spring-boot.actuator",
			"application/openmetrics-text", "image/");

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = withoutParameters(withFewRanges(withGet(exchange.getRequest())));
		return chain.filter((request != exchange.getRequest()) ? exchange.mutate().request(request).build() : exchange);
	}

	/**
	 * Changes {@code HEAD} to {@code GET} below {@code /actuator/}. The actuator answers
	 * 204 to a {@code HEAD} of a path that does not exist. The server never sends the
	 * body of the response to a {@code HEAD}.
	 */
	private static ServerHttpRequest withGet(ServerHttpRequest request) {
		return (request.getMethod() == HttpMethod.HEAD && request.getURI().getRawPath().startsWith("/actuator/"))
				? request.mutate().method(HttpMethod.GET).build() : request;
	}

	/**
	 * Removes the empty elements of {@code Accept}, which have no meaning (RFC 9110,
	 * 5.6.1). If there are too many ranges, keeps only the ranges that can select a
	 * response.
	 */
	private static ServerHttpRequest withFewRanges(ServerHttpRequest request) {
		List<String> accept = request.getHeaders().getOrEmpty(HttpHeaders.ACCEPT);
		if (accept.isEmpty() || (accept.size() == 1 && isOneRange(accept.get(0)))) {
			return request;
		}
		List<String> ranges = accept.stream().flatMap(RequestNormalizer::elements).toList();
		if (ranges.size() <= MAX_RANGES && ranges.stream().noneMatch(String::isEmpty)) {
			return request;
		}
		List<String> offered = ranges.stream()
			.filter(RequestNormalizer::isOffered)
			.distinct()
			.limit(MAX_RANGES)
			.toList();
		List<String> kept = offered.isEmpty() ? ranges.stream().filter((range) -> !range.isEmpty()).limit(1).toList()
				: offered;
		return request.mutate().headers((headers) -> {
			headers.remove(HttpHeaders.ACCEPT);
			if (!kept.isEmpty()) {
				headers.set(HttpHeaders.ACCEPT, String.join(", ", kept));
			}
		}).build();
	}

	/** The usual case, which needs no list. */
	private static boolean isOneRange(String accept) {
		return accept.indexOf(',') < 0 && !accept.isBlank();
	}

	private static Stream<String> elements(String header) {
		return MimeTypeUtils.tokenize(header).stream().map(String::strip);
	}

	private static boolean isOffered(String range) {
		return OFFERED.stream().anyMatch((type) -> range.regionMatches(true, 0, type, 0, type.length()));
	}

	/**
	 * Encodes semicolons in the path, because they are ordinary characters of a segment.
	 * Spring would treat and drop the text after a semicolon as a parameter.
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
