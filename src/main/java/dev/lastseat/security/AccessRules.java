package dev.lastseat.security;

import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.info.InfoEndpoint;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.EndpointRequest;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.security.web.server.authorization.DelegatingReactiveAuthorizationManager;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcherEntry;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.ServerWebExchange;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;
import static org.springframework.security.authorization.AuthorityReactiveAuthorizationManager.hasAuthority;

/**
 * The access rule of each request. A request of the API without a rule of its own needs
 * an authenticated caller. Whether the caller may act for the user of the request is
 * checked by {@link Callers}, where the handler reads the user.
 */
final class AccessRules {

	private static final String API = "/api/v1";

	private static final String EVENTS = API + "/events";

	private static final String EVENT = EVENTS + "/{eventId}";

	private static final HttpMethod[] READS = { GET, HEAD };

	private static final ReactiveAuthorizationManager<AuthorizationContext> PUBLIC = (caller, request) -> Mono
		.just(new AuthorizationDecision(true));

	private AccessRules() {
	}

	/**
	 * The rules are tried in order. The API comes first, since most requests are for it.
	 */
	static ReactiveAuthorizationManager<ServerWebExchange> of(ManagementAccess management) {
		DelegatingReactiveAuthorizationManager.Builder rules = DelegatingReactiveAuthorizationManager.builder();
		rule(rules, MethodAndPathMatcher.of(POST, EVENTS), hasAuthority(Scopes.EVENTS_WRITE));
		rule(rules, MethodAndPathMatcher.of(PUT, EVENT), hasAuthority(Scopes.EVENTS_WRITE));
		rule(rules, MethodAndPathMatcher.of(PATCH, EVENT), hasAuthority(Scopes.EVENTS_WRITE));
		rule(rules, MethodAndPathMatcher.of(DELETE, EVENT), hasAuthority(Scopes.EVENTS_WRITE));
		for (HttpMethod read : READS) {
			rule(rules, MethodAndPathMatcher.of(read, EVENT + "/registrations"), hasAuthority(Scopes.EVENTS_WRITE));
			for (String path : List.of(EVENTS, EVENT, EVENT + "/status", API + "/status")) {
				rule(rules, MethodAndPathMatcher.of(read, path), PUBLIC);
			}
		}
		rule(rules, MethodAndPathMatcher.of(null, EVENTS + "/**"), AccessRules::isAuthenticatedOrMayActForAnyUser);
		rule(rules, AccessRules::isPreflight, PUBLIC);
		rule(rules, EndpointRequest.to(HealthEndpoint.class, InfoEndpoint.class), PUBLIC);
		rule(rules, EndpointRequest.toAnyEndpoint(), management);
		rule(rules, EndpointRequest.toLinks(), management);
		rule(rules, MethodAndPathMatcher.of(null, API + "/**"), AccessRules::isAuthenticatedOrMayActForAnyUser);
		// The web page, the pages that explain problem codes, the description of the API.
		rule(rules, ServerWebExchangeMatchers.anyExchange(), PUBLIC);
		return rules.build();
	}

	private static void rule(DelegatingReactiveAuthorizationManager.Builder rules, ServerWebExchangeMatcher requests,
			ReactiveAuthorizationManager<AuthorizationContext> access) {
		rules.add(new ServerWebExchangeMatcherEntry<>(requests, access));
	}

	/**
	 * Tells whether a request is a CORS preflight, for the API or for the actuator. A
	 * preflight changes nothing, and a browser sends no token with it.
	 */
	private static Mono<MatchResult> isPreflight(ServerWebExchange exchange) {
		return CorsUtils.isPreFlightRequest(exchange.getRequest()) ? MatchResult.match() : MatchResult.notMatch();
	}

	private static Mono<AuthorizationResult> isAuthenticatedOrMayActForAnyUser(Mono<Authentication> caller,
			AuthorizationContext request) {
		return caller.map((found) -> Callers.isAuthenticated(found) || Callers.has(found, Scopes.REGISTRATIONS_WRITE))
			.defaultIfEmpty(false)
			.map(AuthorizationDecision::new);
	}

}
