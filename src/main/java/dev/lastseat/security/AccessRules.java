package dev.lastseat.security;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

/**
 * The access rule of each request in jwt mode. A request of the API without a rule of its
 * own needs an authenticated caller. The web page, the pages that explain problem codes
 * and the description of the API are public.
 */
final class AccessRules implements ReactiveAuthorizationManager<ServerWebExchange> {

	private static final String API = "/api/v1";

	private static final String EVENTS = API + "/events";

	private static final String EVENT = EVENTS + "/*";

	private static final String REGISTRATIONS = EVENT + "/registrations";

	private static final String HOLDS = EVENT + "/holds";

	private static final String WAITING_LIST = EVENT + "/waiting-list";

	private static final String JOURNAL = EVENT + "/journal";

	private static final AccessTable TABLE = table();

	private static final PathPattern OF_API = PathPatternParser.defaultInstance.parse(API + "/**");

	private final Access metrics;

	/**
	 * @param port where the actuator is. If it has a port of its own, every request to it
	 * is allowed
	 */
	AccessRules(ManagementPortType port) {
		this.metrics = (port == ManagementPortType.DIFFERENT) ? Access.PUBLIC : Access.METRICS_READ;
	}

	private static AccessTable table() {
		AccessTable table = new AccessTable().below(EVENTS, Access.AUTHENTICATED)
			.below(API + "/users", Access.AUTHENTICATED)
			.rule(POST, EVENTS, Access.EVENTS_WRITE)
			.rule(PUT, EVENT, Access.EVENTS_WRITE)
			.rule(PATCH, EVENT, Access.EVENTS_WRITE)
			.rule(DELETE, EVENT, Access.EVENTS_WRITE)
			.rule(PUT, REGISTRATIONS, Access.REGISTRATIONS_WRITE)
			.rule(PUT, HOLDS, Access.REGISTRATIONS_WRITE);
		for (HttpMethod read : new HttpMethod[] { GET, HEAD }) {
			table.rule(read, REGISTRATIONS, Access.EVENTS_WRITE)
				.rule(read, HOLDS, Access.EVENTS_WRITE)
				.rule(read, WAITING_LIST, Access.EVENTS_WRITE)
				.rule(read, JOURNAL, Access.EVENTS_WRITE)
				.rule(read, EVENTS, Access.PUBLIC)
				.rule(read, EVENT, Access.PUBLIC)
				.rule(read, EVENT + "/status", Access.PUBLIC)
				.rule(read, API + "/status", Access.PUBLIC);
		}
		return table;
	}

	/**
	 * @return null if the table has no rule for the request
	 */
	static @Nullable Access find(HttpMethod method, PathContainer path) {
		return TABLE.find(method, path);
	}

	@Override
	public Mono<AuthorizationResult> authorize(Mono<Authentication> caller, ServerWebExchange exchange) {
		PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
		Access access = find(exchange.getRequest().getMethod(), path);
		if (access != null) {
			return access.decide(caller);
		}
		// A preflight changes nothing, and a browser sends no token with it.
		if (CorsUtils.isPreFlightRequest(exchange.getRequest())) {
			return Access.PUBLIC.decide(caller);
		}
		return accessIf(ManagementEndpoints.PROTECTED, exchange, this.metrics)
			.switchIfEmpty(accessIf(ManagementEndpoints.PUBLIC, exchange, Access.PUBLIC))
			.defaultIfEmpty(OF_API.matches(path) ? Access.AUTHENTICATED : Access.PUBLIC)
			.flatMap((found) -> found.decide(caller));
	}

	private static Mono<Access> accessIf(ServerWebExchangeMatcher requests, ServerWebExchange exchange, Access access) {
		return requests.matches(exchange).filter(MatchResult::isMatch).map((match) -> access);
	}

}
