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
 * The entry point of this package. Provides the filter chain of the configured mode if
 * the application has a web server. Needs a bean of type {@link SecuritySettings}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class SecurityConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(SecurityConfiguration.class);

	/** Passes the error on, so that it is answered as a problem like any other error. */
	private static final ServerAuthenticationEntryPoint UNAUTHENTICATED = (exchange, error) -> Mono.error(error);

	private static final ServerAccessDeniedHandler DENIED = (exchange, error) -> Mono.error(error);

	/** For responses that load nothing. The web page sets a policy of its own. */
	private static final String NO_CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'";

	/**
	 * Sets the headers of responses that have no caching headers of their own. The writer
	 * of Spring Security omits them from a 304, but a client stores the headers of a 304.
	 */
	private static final ServerHttpHeadersWriter NOT_STORED = StaticServerHttpHeadersWriter.builder()
		.header(HttpHeaders.CACHE_CONTROL, CacheControlServerHttpHeadersWriter.CACHE_CONTROL_VALUE)
		.header(HttpHeaders.PRAGMA, CacheControlServerHttpHeadersWriter.PRAGMA_VALUE)
		.header(HttpHeaders.EXPIRES, CacheControlServerHttpHeadersWriter.EXPIRES_VALUE)
		.build();

	@Bean
	Mode securityMode(SecuritySettings settings, ObjectProvider<ReactiveJwtDecoder> decoders) {
		boolean canDecode = decoders.getIfAvailable() != null;
		Mode mode = (settings.mode() != null) ? settings.mode() : canDecode ? Mode.JWT : Mode.OPEN;
		if (mode == Mode.JWT && !canDecode) {
			throw new InvalidConfigurationPropertyValueException("lastseat.security.mode", "jwt",
					"No resource server is configured: set spring.security.oauth2.resourceserver.jwt.issuer-uri, "
							+ "or jwk-set-uri, or public-key-location.");
		}
		if (mode == Mode.OPEN) {
			logger.warn("Security: open - requests are not authenticated, and every client may do everything. "
					+ "To require access tokens, set spring.security.oauth2.resourceserver.jwt.issuer-uri");
		}
		else {
			logger.info("Security: jwt - requests are authenticated by access tokens");
		}
		return mode;
	}

	/**
	 * Excludes the security filters from traces. A trace shows the request and its
	 * commands to the storage.
	 */
	@Bean
	SecurityObservationSettings securityObservations() {
		return SecurityObservationSettings.noObservations();
	}

	/**
	 * Turns the firewall of Spring Security off. It would reject unusual methods and
	 * paths with a response that is not a problem, while the routes answer 405 or 404.
	 * Rules and routes match the same parsed path, so no path can bypass a rule.
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
			ObjectProvider<ReactiveJwtDecoder> decoders, ClaimTypes types) {
		ReactiveAuthorizationManager<ServerWebExchange> access = AccessRules
			.of(new ManagementAccess(mode, ManagementPortType.get(environment)));
		withoutSessions(http);
		http.authorizeExchange((rules) -> rules.anyExchange()
			.access((caller, request) -> access.authorize(caller, request.getExchange())))
			.exceptionHandling((errors) -> errors.authenticationEntryPoint(UNAUTHENTICATED).accessDeniedHandler(DENIED))
			.headers((headers) -> headers.cache(HeaderSpec.CacheSpec::disable)
				.writer(NOT_STORED)
				.contentSecurityPolicy((policy) -> policy.policyDirectives(NO_CONTENT_POLICY))
				.referrerPolicy((policy) -> policy.policy(ReferrerPolicy.NO_REFERRER)));
		return ((mode == Mode.JWT) ? asJwt(http, decoders.getObject(), types) : asOpen(http)).build();
	}

	/**
	 * Authenticates each request by itself. The server stores no session, so no session
	 * can be forged.
	 */
	private static void withoutSessions(ServerHttpSecurity http) {
		http.securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
			.requestCache((cache) -> cache.requestCache(NoOpServerRequestCache.getInstance()))
			.csrf(ServerHttpSecurity.CsrfSpec::disable)
			.formLogin(ServerHttpSecurity.FormLoginSpec::disable)
			.httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
			.logout(ServerHttpSecurity.LogoutSpec::disable);
	}

	private static ServerHttpSecurity asJwt(ServerHttpSecurity http, ReactiveJwtDecoder decoder, ClaimTypes types) {
		return http.oauth2ResourceServer(
				(server) -> server.jwt((jwt) -> jwt.jwtDecoder((token) -> read(token, decoder, types)))
					.authenticationEntryPoint(UNAUTHENTICATED)
					.accessDeniedHandler(DENIED));
	}

	/**
	 * Reports an invalid token as {@link BadJwtException}. Any other error means that the
	 * token cannot be checked, because the keys of the issuer cannot be read.
	 */
	private static Mono<Jwt> read(String token, ReactiveJwtDecoder decoder, ClaimTypes types) {
		return Mono.defer(() -> {
			types.check(token);
			return decoder.decode(token);
		})
			.onErrorMap((error) -> !(error instanceof BadJwtException),
					(error) -> new AuthenticationServiceException("the keys of the issuer cannot be read", error));
	}

	/**
	 * Applies the same rules to an anonymous caller that has every scope of the API.
	 */
	private static ServerHttpSecurity asOpen(ServerHttpSecurity http) {
		return http.anonymous((anonymous) -> anonymous.authorities(Scopes.EVENTS_WRITE, Scopes.REGISTRATIONS_WRITE));
	}

}
