package dev.lastseat.web;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.lastseat.web.log.RequestIds;
import dev.lastseat.web.problem.ProblemCode;
import dev.lastseat.web.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.CollectionUtils;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;
import org.springframework.web.server.ServerWebExchange;

/**
 * Adds the CORS headers, which tell a browser which web pages of other origins may read a
 * response.
 * <p>
 * Only preflight requests are rejected, with a problem. Other requests are processed
 * whatever their {@code Origin}. A browser sends {@code Origin} with a {@code POST} from
 * the web page of this service too, and behind a proxy it differs from the address that
 * this process sees. A web page of an origin that is not allowed cannot read the
 * response, and cannot send a request that needs a preflight.
 */
final class ApiCorsProcessor extends DefaultCorsProcessor {

	/** The time for which a browser may cache the response to a preflight request. */
	private static final Duration MAX_AGE = Duration.ofMinutes(30);

	private static final List<String> METHODS = List.of(HttpMethod.GET.name(), HttpMethod.HEAD.name(),
			HttpMethod.POST.name(), HttpMethod.PUT.name(), HttpMethod.PATCH.name(), HttpMethod.DELETE.name());

	/** The request headers of the API that need permission. */
	private static final List<String> REQUEST_HEADERS = List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE,
			HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH, RequestReader.LAST_EVENT_ID, RequestIds.HEADER);

	private static final List<String> RESPONSE_HEADERS = List.of(HttpHeaders.LOCATION, HttpHeaders.ETAG,
			HttpHeaders.LINK, HttpHeaders.RETRY_AFTER, HttpHeaders.DATE, RequestIds.HEADER,
			HttpHeaders.WWW_AUTHENTICATE);

	/**
	 * The configuration for all paths that clients of the API use. The actuator has its
	 * own settings.
	 */
	static CorsConfigurationSource source(CorsSettings settings) {
		UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
		CorsConfiguration configuration = configuration(settings);
		Stream.of(Paths.API + "/**", "/problems/**", Paths.DESCRIPTION, Paths.DESCRIPTION_YAML)
			.forEach((path) -> source.registerCorsConfiguration(path, configuration));
		return source;
	}

	private static CorsConfiguration configuration(CorsSettings settings) {
		CorsConfiguration configuration = new CorsConfiguration();
		configuration.setAllowedOrigins(settings.allowedOrigins());
		configuration.setAllowedMethods(METHODS);
		configuration.setAllowedHeaders(REQUEST_HEADERS);
		configuration.setExposedHeaders(RESPONSE_HEADERS);
		configuration.setMaxAge(MAX_AGE);
		return configuration;
	}

	@Override
	public boolean process(@Nullable CorsConfiguration configuration, ServerWebExchange exchange) {
		if (CorsUtils.isPreFlightRequest(exchange.getRequest())) {
			return super.process(configuration, exchange);
		}
		if (configuration == null || CollectionUtils.isEmpty(configuration.getAllowedOrigins())) {
			return true;
		}
		varyByOrigin(exchange.getResponse());
		String allowed = configuration.checkOrigin(exchange.getRequest().getHeaders().getOrigin());
		if (allowed != null) {
			HttpHeaders headers = exchange.getResponse().getHeaders();
			headers.setAccessControlAllowOrigin(allowed);
			headers.setAccessControlExposeHeaders(RESPONSE_HEADERS);
		}
		return true;
	}

	/**
	 * Adds the header just before the response is sent, because a handler that sets
	 * {@code Vary} would replace it.
	 */
	private static void varyByOrigin(ServerHttpResponse response) {
		response.beforeCommit(() -> {
			if (!response.getHeaders().getVary().contains(HttpHeaders.ORIGIN)) {
				response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
			}
			return Mono.empty();
		});
	}

	@Override
	protected void rejectRequest(ServerHttpResponse response) {
		throw new ProblemException(ProblemCode.FORBIDDEN, "web pages of this origin may not send this request");
	}

}
