package dev.lastseat.security;

import com.google.common.base.Ticker;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;

/**
 * Provides the filter chain of jwt mode. In open mode there is none.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@Conditional(InMode.Jwt.class)
class JwtConfiguration {

	/** The claims of a typical token take about 2 KB, so the cache takes up to 20 MB. */
	private static final int MAX_CACHED_TOKENS = 10_000;

	/** Passes the error on, so that it is answered as a problem like any other error. */
	private static final ServerAuthenticationEntryPoint UNAUTHENTICATED = (exchange, error) -> Mono.error(error);

	private static final ServerAccessDeniedHandler DENIED = (exchange, error) -> Mono.error(error);

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
	SecurityWebFilterChain securityFilterChain(ServerHttpSecurity http, Environment environment,
			ObjectProvider<ReactiveJwtDecoder> decoders, ClaimTypes types, JwtTimestampValidator times,
			SecuritySettings settings) {
		ReactiveJwtDecoder decoder = configured(decoders);
		ReactiveJwtDecoder tokens = new TokenCache((token) -> read(token, decoder, types), times,
				settings.tokenCacheTime(), MAX_CACHED_TOKENS, Ticker.systemTicker());
		AccessRules access = new AccessRules(ManagementPortType.get(environment));
		withoutSessions(http);
		return http
			.authorizeExchange((rules) -> rules.anyExchange()
				.access((caller, request) -> access.authorize(caller, request.getExchange())))
			.exceptionHandling((errors) -> errors.authenticationEntryPoint(UNAUTHENTICATED).accessDeniedHandler(DENIED))
			.headers(ServerHttpSecurity.HeaderSpec::disable)
			.oauth2ResourceServer((server) -> server.jwt((jwt) -> jwt.jwtDecoder(tokens))
				.authenticationEntryPoint(UNAUTHENTICATED)
				.accessDeniedHandler(DENIED))
			.build();
	}

	static ReactiveJwtDecoder configured(ObjectProvider<ReactiveJwtDecoder> decoders) {
		return decoders.getIfAvailable(() -> {
			throw new InvalidConfigurationPropertyValueException("lastseat.security.mode", "jwt",
					"No resource server is configured: set spring.security.oauth2.resourceserver.jwt.issuer-uri, "
							+ "or jwk-set-uri, or public-key-location.");
		});
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

}
