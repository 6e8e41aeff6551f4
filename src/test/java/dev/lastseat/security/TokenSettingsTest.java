package dev.lastseat.security;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.nimbusds.jwt.JWTClaimsSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRoutes;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.reactive.ReactiveOAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.MatcherSecurityWebFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.server.WebFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The validators of Spring Boot's resource server and of this service apply together, for
 * each way to configure the keys.
 */
class TokenSettingsTest {

	private static final AccessTokens TOKENS = new AccessTokens();

	private static final String JWT = "spring.security.oauth2.resourceserver.jwt.";

	private static DisposableServer issuer;

	@BeforeAll
	static void publishTheKeys() {
		issuer = HttpServer.create().host("127.0.0.1").port(0).route(TokenSettingsTest::issuerRoutes).bindNow();
	}

	private static void issuerRoutes(HttpServerRoutes routes) {
		routes
			.get("/.well-known/openid-configuration",
					(request, response) -> response.header("Content-Type", "application/json")
						.sendString(Mono.fromSupplier(() -> "{\"issuer\":\"" + issuerUri() + "\",\"jwks_uri\":\""
								+ issuerUri() + "/keys\",\"subject_types_supported\":[\"public\"]}")))
			.get("/keys", (request, response) -> response.header("Content-Type", "application/json")
				.sendString(Mono.fromSupplier(TOKENS::keySet)));
	}

	@AfterAll
	static void stop() {
		issuer.disposeNow();
	}

	private static String issuerUri() {
		return "http://127.0.0.1:" + issuer.port();
	}

	static Stream<List<String>> waysToConfigureTheIssuer() {
		return Stream.of(List.of(JWT + "issuer-uri=" + issuerUri()),
				List.of(JWT + "issuer-uri=" + issuerUri(), JWT + "jwk-set-uri=" + issuerUri() + "/keys"));
	}

	static Stream<List<String>> waysToConfigureTheKeys() {
		return Stream.concat(waysToConfigureTheIssuer(),
				Stream.of(List.of(JWT + "public-key-location=" + TOKENS.publicKey().toUri())));
	}

	private static void decode(List<String> keys, boolean withoutExpiry, Consumer<ReactiveJwtDecoder> check) {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ReactiveOAuth2ResourceServerAutoConfiguration.class))
			.withUserConfiguration(TokenConfiguration.class)
			.withBean(SecuritySettings.class, () -> new SecuritySettings(null, withoutExpiry, Duration.ZERO))
			.withBean(SecurityWebFilterChain.class,
					() -> new MatcherSecurityWebFilterChain(ServerWebExchangeMatchers.anyExchange(),
							List.<WebFilter>of((exchange, chain) -> chain.filter(exchange))))
			.withPropertyValues(keys.toArray(String[]::new))
			.withPropertyValues(JWT + "audiences=" + AccessTokens.AUDIENCE)
			.run((context) -> check.accept(context.getBean(ReactiveJwtDecoder.class)));
	}

	private static String token(Consumer<JWTClaimsSet.Builder> change) {
		return TOKENS.of("ada", "", (claims) -> change.accept(claims.issuer(issuerUri())));
	}

	private static void expectRefused(ReactiveJwtDecoder decoder, String token) {
		assertThatExceptionOfType(BadJwtException.class).isThrownBy(() -> decoder.decode(token).block());
	}

	private static void expectAccepted(ReactiveJwtDecoder decoder, String token) {
		assertThat(decoder.decode(token).map(Jwt::getSubject).block()).isEqualTo("ada");
	}

	@ParameterizedTest
	@MethodSource("waysToConfigureTheKeys")
	void requiresTheAudienceTheTypeAndTheExpiryTogether(List<String> keys) {
		decode(keys, false, (decoder) -> {
			expectAccepted(decoder, token((claims) -> {
			}));
			expectAccepted(decoder, TOKENS.signed("{\"alg\":\"RS256\",\"typ\":\"at+jwt\"}", claims()));
			expectRefused(decoder, TOKENS.signed("{\"alg\":\"RS256\",\"typ\":\"logout+jwt\"}", claims()));
			expectRefused(decoder, token((claims) -> claims.audience("kitchen")));
			expectRefused(decoder, token((claims) -> claims.expirationTime(null)));
			expectRefused(decoder, token((claims) -> claims.expirationTime(hoursFromNow(-1))));
			expectRefused(decoder, token((claims) -> claims.notBeforeTime(hoursFromNow(1))));
		});
	}

	private static String claims() {
		return "{\"sub\":\"ada\",\"iss\":\"" + issuerUri() + "\",\"aud\":\"" + AccessTokens.AUDIENCE + "\",\"exp\":"
				+ hoursFromNow(1).toInstant().getEpochSecond() + "}";
	}

	private static Date hoursFromNow(int hours) {
		return Date.from(Instant.now().plus(Duration.ofHours(hours)));
	}

	@ParameterizedTest
	@MethodSource("waysToConfigureTheIssuer")
	void requiresTheConfiguredIssuer(List<String> keys) {
		decode(keys, false, (decoder) -> {
			expectAccepted(decoder, token((claims) -> {
			}));
			expectRefused(decoder, token((claims) -> claims.issuer("https://other.example.org")));
			expectRefused(decoder, token((claims) -> claims.issuer(null)));
		});
	}

	@ParameterizedTest
	@MethodSource("waysToConfigureTheKeys")
	void acceptsATokenWithoutExpiryIfTheOperatorAllowsIt(List<String> keys) {
		decode(keys, true, (decoder) -> {
			expectAccepted(decoder, token((claims) -> claims.expirationTime(null)));
			expectRefused(decoder, token((claims) -> claims.expirationTime(hoursFromNow(-1))));
		});
	}

	@Test
	void readsTheConfiguredClaims() {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ReactiveOAuth2ResourceServerAutoConfiguration.class))
			.withUserConfiguration(TokenConfiguration.class)
			.withBean(SecuritySettings.class, () -> new SecuritySettings(null, false, Duration.ZERO))
			.withPropertyValues("lastseat.security.mode=jwt", JWT + "principal-claim-name=email",
					JWT + "authorities-claim-name=roles")
			.run((context) -> {
				ClaimTypes types = context.getBean(ClaimTypes.class);
				types.check(TOKENS.signed("{\"alg\":\"RS256\"}", "{\"email\":\"ada@example.org\",\"scope\":[[1]]}"));
				assertThatExceptionOfType(BadJwtException.class).isThrownBy(
						() -> types.check(TOKENS.signed("{\"alg\":\"RS256\"}", "{\"sub\":\"ada\",\"roles\":\"x\"}")));
				assertThatExceptionOfType(BadJwtException.class).isThrownBy(() -> types
					.check(TOKENS.signed("{\"alg\":\"RS256\"}", "{\"email\":\"ada@example.org\",\"roles\":[[1]]}")));
			});
	}

}
