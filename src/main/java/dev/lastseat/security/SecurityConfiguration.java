package dev.lastseat.security;

import dev.lastseat.security.SecuritySettings.Mode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.HeaderSpec;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.header.CacheControlServerHttpHeadersWriter;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.header.ServerHttpHeadersWriter;
import org.springframework.security.web.server.header.StaticServerHttpHeadersWriter;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.web.server.ServerWebExchange;

/**
 * The way into this package: the filter chain of the mode that is set, where there is a
 * web server. Needs the {@link SecuritySettings} as a bean.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class SecurityConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(SecurityConfiguration.class);

	/** What is refused goes on as an error, to be answered like any other. */
	private static final ServerAuthenticationEntryPoint UNAUTHENTICATED = (exchange, error) -> Mono.error(error);

	private static final ServerAccessDeniedHandler DENIED = (exchange, error) -> Mono.error(error);

	/** For answers that load nothing. A page brings a policy of its own. */
	private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

	/**
	 * For answers that say nothing of their own about caching. Spring Security's writer
	 * of these leaves them out of a 304, whose headers a client takes over.
	 */
	private static final ServerHttpHeadersWriter NOT_STORED = StaticServerHttpHeadersWriter.builder()
		.header(HttpHeaders.CACHE_CONTROL, CacheControlServerHttpHeadersWriter.CACHE_CONTROL_VALUE)
		.header(HttpHeaders.PRAGMA, CacheControlServerHttpHeadersWriter.PRAGMA_VALUE)
		.header(HttpHeaders.EXPIRES, CacheControlServerHttpHeadersWriter.EXPIRES_VALUE)
		.build();

	@Bean
	Mode securityMode(SecuritySettings settings, ObjectProvider<ReactiveJwtDecoder> decoders) {
		boolean canRead = decoders.getIfAvailable() != null;
		Mode mode = (settings.mode() != null) ? settings.mode() : canRead ? Mode.JWT : Mode.OPEN;
		if (mode == Mode.JWT && !canRead) {
			throw new InvalidConfigurationPropertyValueException("lastseat.security.mode", "jwt",
					"No resource server is configured: set spring.security.oauth2.resourceserver.jwt.issuer-uri, "
							+ "or jwk-set-uri, or public-key-location.");
		}
		if (mode == Mode.OPEN) {
			logger.warn("Security: open - whoever can connect may do everything; to ask for access tokens, set "
					+ "spring.security.oauth2.resourceserver.jwt.issuer-uri");
		}
		else {
			logger.info("Security: jwt - callers show an access token");
		}
		return mode;
	}

	/**
	 * A trace tells of the request and of what the storage did for it. The filters in
	 * between are nobody's concern.
	 */
	@Bean
	SecurityObservationSettings securityObservations() {
		return SecurityObservationSettings.noObservations();
	}

	/**
	 * None. Spring Security's would answer unusual methods and paths by itself, without a
	 * problem, and where the routes know better: the method is not allowed, the event
	 * does not exist. Here rules and routes match the same parsed path, so there is no
	 * path that one reads in another way than the other.
	 */
	@Bean
	ServerWebExchangeFirewall firewall() {
		return ServerWebExchangeFirewall.INSECURE_NOOP;
	}

	@Bean
	LoopbackWhenOpen loopbackWhenOpen(Mode mode, ServerProperties server) {
		return new LoopbackWhenOpen(mode, server);
	}

	@Bean
	SecurityWebFilterChain securityFilterChain(ServerHttpSecurity http, Mode mode, Environment environment,
			ObjectProvider<ReactiveJwtDecoder> decoders, TokenForm form) {
		ReactiveAuthorizationManager<ServerWebExchange> access = AccessRules
			.of(new InsideAccess(mode, ManagementPortType.get(environment)));
		withoutSessions(http);
		http.authorizeExchange((rules) -> rules.anyExchange()
			.access((caller, request) -> access.authorize(caller, request.getExchange())))
			.exceptionHandling((errors) -> errors.authenticationEntryPoint(UNAUTHENTICATED).accessDeniedHandler(DENIED))
			.headers((headers) -> headers.cache(HeaderSpec.CacheSpec::disable)
				.writer(NOT_STORED)
				.contentSecurityPolicy((policy) -> policy.policyDirectives(NOTHING))
				.referrerPolicy((policy) -> policy.policy(ReferrerPolicy.NO_REFERRER)));
		return ((mode == Mode.JWT) ? asResourceServer(http, decoders.getObject(), form) : asOpenHouse(http)).build();
	}

	/**
	 * Every request says anew who sends it: there is no session to keep or to forge.
	 */
	private static void withoutSessions(ServerHttpSecurity http) {
		http.securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
			.requestCache((cache) -> cache.requestCache(NoOpServerRequestCache.getInstance()))
			.csrf(ServerHttpSecurity.CsrfSpec::disable)
			.formLogin(ServerHttpSecurity.FormLoginSpec::disable)
			.httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
			.logout(ServerHttpSecurity.LogoutSpec::disable);
	}

	private static ServerHttpSecurity asResourceServer(ServerHttpSecurity http, ReactiveJwtDecoder decoder,
			TokenForm form) {
		return http
			.oauth2ResourceServer((server) -> server.jwt((jwt) -> jwt.jwtDecoder((token) -> read(token, decoder, form)))
				.authenticationEntryPoint(UNAUTHENTICATED)
				.accessDeniedHandler(DENIED));
	}

	/**
	 * Tells a token that is bad from one that cannot be checked, since the issuer's keys
	 * are not to be had.
	 */
	private static Mono<Jwt> read(String token, ReactiveJwtDecoder decoder, TokenForm form) {
		return Mono.defer(() -> {
			form.check(token);
			return decoder.decode(token);
		})
			.onErrorMap((error) -> !(error instanceof BadJwtException),
					(error) -> new AuthenticationServiceException("the keys of the issuer cannot be read", error));
	}

	/**
	 * The same rules, for a caller without a name who has every scope of the API.
	 */
	private static ServerHttpSecurity asOpenHouse(ServerHttpSecurity http) {
		return http.anonymous((anonymous) -> anonymous.authorities(Scopes.EVENTS_WRITE, Scopes.REGISTRATIONS_WRITE));
	}

}
