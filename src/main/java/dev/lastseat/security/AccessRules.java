package dev.lastseat.security;

import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.info.InfoEndpoint;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.EndpointRequest;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;

/**
 * Which request needs what. Of the API, what is not named here needs a known caller;
 * whether that caller may act for the user in question is asked where the user is read,
 * by {@link Callers}.
 */
final class AccessRules {

	private static final String API = "/api/v1";

	private static final String EVENTS = API + "/events";

	private static final String EVENT = EVENTS + "/{eventId}";

	private static final HttpMethod[] READS = { GET, HEAD };

	private AccessRules() {
	}

	static void apply(AuthorizeExchangeSpec rules, InsideAccess inside) {
		rules.matchers(EndpointRequest.to(HealthEndpoint.class, InfoEndpoint.class)).permitAll();
		rules.matchers(EndpointRequest.toAnyEndpoint(), EndpointRequest.toLinks()).access(inside);
		rules.pathMatchers(POST, EVENTS).hasAuthority(Scopes.EVENTS_WRITE);
		rules.pathMatchers(PATCH, EVENT).hasAuthority(Scopes.EVENTS_WRITE);
		rules.pathMatchers(DELETE, EVENT).hasAuthority(Scopes.EVENTS_WRITE);
		for (HttpMethod read : READS) {
			rules.pathMatchers(read, EVENT + "/registrations").hasAuthority(Scopes.EVENTS_WRITE);
			rules.pathMatchers(read, EVENTS, EVENT, EVENT + "/status", API + "/status").permitAll();
		}
		rules.pathMatchers(API + "/**").access(AccessRules::isKnownOrMayActForAnybody);
		// The page, the explanations of problems, the description of the API.
		rules.anyExchange().permitAll();
	}

	private static Mono<AuthorizationResult> isKnownOrMayActForAnybody(Mono<Authentication> caller,
			AuthorizationContext request) {
		return caller.map((known) -> Callers.isKnown(known) || Callers.has(known, Scopes.REGISTRATIONS_WRITE))
			.defaultIfEmpty(false)
			.map(AuthorizationDecision::new);
	}

}
