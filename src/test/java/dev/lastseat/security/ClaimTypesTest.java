package dev.lastseat.security;

import java.time.Instant;
import java.util.stream.Stream;

import dev.lastseat.BufferedResponses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tokens with a valid signature and an unusual content: some are accepted, all others are
 * answered 401, never 500 or 503.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "lastseat.embedded.storage=memory")
class ClaimTypesTest {

	private static final AccessTokens TOKENS = new AccessTokens();

	private static final String RS256 = "{\"alg\":\"RS256\"}";

	private static final String SCOPE = "\"scope\":\"events:write\"";

	private static final long NOW = Instant.now().getEpochSecond();

	private static final String EXP = "\"exp\":" + (NOW + 300);

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void trustTheKey(DynamicPropertyRegistry registry) {
		registry.add("spring.security.oauth2.resourceserver.jwt.public-key-location",
				() -> TOKENS.publicKey().toUri().toString());
	}

	/**
	 * Deletes an event that does not exist. The answer is 404 if the token allows it.
	 */
	private WebTestClient.ResponseSpec deleteUnknownEvent(String authorization) {
		return WebTestClient.bindToServer()
			.filter(new BufferedResponses())
			.baseUrl("http://127.0.0.1:" + this.port)
			.build()
			.delete()
			.uri("/api/v1/events/65f000000000000000000001")
			.header(HttpHeaders.AUTHORIZATION, authorization)
			.exchange();
	}

	private static void expectInvalidToken(WebTestClient.ResponseSpec answer) {
		answer.expectStatus()
			.isUnauthorized()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectHeader()
			.valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"lastseat\", error=\"invalid_token\"")
			.expectBody()
			.jsonPath("$.code")
			.isEqualTo("unauthorized");
	}

	private static String claims(String... members) {
		return "{" + String.join(",", members) + "}";
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ",\"typ\":\"JWT\"", ",\"typ\":\"jwt\"", ",\"typ\":\"application/jwt\"",
			",\"typ\":\"at+jwt\"", ",\"typ\":\"AT+JWT\"", ",\"typ\":\"application/at+jwt\"",
			",\"typ\":\"application/at+JWT\"" })
	void acceptsTheTypesOfAccessTokens(String type) {
		String token = TOKENS.signed("{\"alg\":\"RS256\"" + type + "}", claims("\"sub\":\"ada\"", EXP, SCOPE));

		deleteUnknownEvent("Bearer " + token).expectStatus().isNotFound();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"dpop+jwt\"", "\"logout+jwt\"", "\"secevent+jwt\"", "\"JOSE\"", "\"at\"", "\"at+jwt2\"",
			"\"application/\"", "\"x/at+jwt\"", "7", "[\"at+jwt\"]", "{\"a\":\"at+jwt\"}" })
	void refusesOtherTypes(String type) {
		String token = TOKENS.signed("{\"alg\":\"RS256\",\"typ\":" + type + "}", claims("\"sub\":\"ada\"", EXP, SCOPE));

		expectInvalidToken(deleteUnknownEvent("Bearer " + token));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"scope\":\"events:write\"", "\"scp\":\"events:write\"", "\"scope\":[\"events:write\"]",
			"\"scp\":[\"x\",\"events:write\"]", "\"scope\":\" x  events:write \"" })
	void readsScopesInAllFormsThatIssuersUse(String scope) {
		deleteUnknownEvent("Bearer " + TOKENS.signed(RS256, claims("\"sub\":\"ada\"", EXP, scope))).expectStatus()
			.isNotFound();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "\"scope\":\"\"", "\"scope\":[]", "\"scope\":null", "\"x\":1", "\"scope\":\"events:write2\"" })
	void forbidsARequestWithoutTheScope(String scope) {
		deleteUnknownEvent("Bearer " + TOKENS.signed(RS256, claims("\"sub\":\"ada\"", EXP, scope))).expectStatus()
			.isForbidden();
	}

	static Stream<Arguments> malformed() {
		String sub = "\"sub\":\"ada\"";
		return Stream.concat(Stream
			.of("\"scope\":[[\"events:write\"]]", "\"scope\":[\"events:write\",[]]", "\"scope\":7", "\"scope\":{}",
					"\"scope\":[1]", "\"scope\":[null]", "\"scope\":true", "\"scp\":[[\"events:write\"]]",
					"\"scp\":{\"a\":1}", "\"scp\":[{}]", "\"scp\":1.5", SCOPE + ",\"scp\":[[1]]")
			.map((scope) -> arguments(scope, RS256, claims(sub, EXP, scope))),
				Stream.of(arguments("no sub", RS256, claims(EXP, SCOPE)),
						arguments("null sub", RS256, claims("\"sub\":null", EXP, SCOPE)),
						arguments("empty sub", RS256, claims("\"sub\":\"\"", EXP, SCOPE)),
						arguments("blank sub", RS256, claims("\"sub\":\"  \"", EXP, SCOPE)),
						arguments("numeric sub", RS256, claims("\"sub\":12", EXP, SCOPE)),
						arguments("list of subs", RS256, claims("\"sub\":[\"ada\"]", EXP, SCOPE)),
						arguments("sub object", RS256, claims("\"sub\":{\"a\":1}", EXP, SCOPE)),
						arguments("boolean sub", RS256, claims("\"sub\":true", EXP, SCOPE)),
						arguments("sub of 256", RS256, claims("\"sub\":\"" + "a".repeat(256) + "\"", EXP, SCOPE)),
						arguments("no exp", RS256, claims(sub, SCOPE)),
						arguments("null exp", RS256, claims(sub, SCOPE, "\"exp\":null")),
						arguments("text exp", RS256, claims(sub, SCOPE, "\"exp\":\"" + (NOW + 300) + "\"")),
						arguments("date exp", RS256, claims(sub, SCOPE, "\"exp\":\"2099-01-01T00:00:00Z\"")),
						arguments("list exp", RS256, claims(sub, SCOPE, "\"exp\":[" + (NOW + 300) + "]")),
						arguments("object exp", RS256, claims(sub, SCOPE, "\"exp\":{}")),
						arguments("boolean exp", RS256, claims(sub, SCOPE, "\"exp\":true")),
						arguments("zero exp", RS256, claims(sub, SCOPE, "\"exp\":0")),
						arguments("negative exp", RS256, claims(sub, SCOPE, "\"exp\":-1")),
						arguments("huge exp", RS256, claims(sub, SCOPE, "\"exp\":1e300")),
						arguments("long exp", RS256, claims(sub, SCOPE, "\"exp\":9223372036854775807")),
						arguments("longer exp", RS256, claims(sub, SCOPE, "\"exp\":99999999999999999999999")),
						arguments("text nbf", RS256, claims(sub, SCOPE, EXP, "\"nbf\":\"now\"")),
						arguments("list nbf", RS256, claims(sub, SCOPE, EXP, "\"nbf\":[1]")),
						arguments("huge nbf", RS256, claims(sub, SCOPE, EXP, "\"nbf\":1e300")),
						arguments("text iat", RS256, claims(sub, SCOPE, EXP, "\"iat\":\"now\"")),
						arguments("object iat", RS256, claims(sub, SCOPE, EXP, "\"iat\":{}")),
						arguments("iat after exp", RS256, claims(sub, SCOPE, EXP, "\"iat\":" + (NOW + 600))),
						arguments("numeric aud", RS256, claims(sub, SCOPE, EXP, "\"aud\":7")),
						arguments("nested aud", RS256, claims(sub, SCOPE, EXP, "\"aud\":[[\"x\"]]")),
						arguments("object aud", RS256, claims(sub, SCOPE, EXP, "\"aud\":{\"a\":1}")),
						arguments("numeric iss", RS256, claims(sub, SCOPE, EXP, "\"iss\":7")),
						arguments("list iss", RS256, claims(sub, SCOPE, EXP, "\"iss\":[\"a\"]")),
						arguments("numeric jti", RS256, claims(sub, SCOPE, EXP, "\"jti\":{}")),
						arguments("no claims", RS256, "{}"), arguments("claims in a list", RS256, "[]"),
						arguments("claims that are text", RS256, "\"ada\""), arguments("claims cut off", RS256, "{"),
						arguments("claims of no bytes", RS256, ""),
						arguments("deep claims", RS256, "[".repeat(2000) + "]".repeat(2000)),
						arguments("deep claim", RS256,
								claims(sub, SCOPE, EXP, "\"x\":" + "[".repeat(2000) + "]".repeat(2000))),
						arguments("no header", "", claims(sub, SCOPE, EXP)),
						arguments("header without alg", "{}", claims(sub, SCOPE, EXP)),
						arguments("numeric alg", "{\"alg\":7}", claims(sub, SCOPE, EXP)),
						arguments("another alg", "{\"alg\":\"RS512\"}", claims(sub, SCOPE, EXP)),
						arguments("alg none", "{\"alg\":\"none\"}", claims(sub, SCOPE, EXP)),
						arguments("alg HS256", "{\"alg\":\"HS256\"}", claims(sub, SCOPE, EXP)),
						arguments("unknown alg", "{\"alg\":\"X\"}", claims(sub, SCOPE, EXP)),
						arguments("numeric kid", "{\"alg\":\"RS256\",\"kid\":7}", claims(sub, SCOPE, EXP)),
						arguments("crit", "{\"alg\":\"RS256\",\"crit\":[\"x\"],\"x\":1}", claims(sub, SCOPE, EXP)),
						arguments("odd crit", "{\"alg\":\"RS256\",\"crit\":7}", claims(sub, SCOPE, EXP)),
						arguments("b64", "{\"alg\":\"RS256\",\"b64\":false,\"crit\":[\"b64\"]}",
								claims(sub, SCOPE, EXP)),
						arguments("odd jwk", "{\"alg\":\"RS256\",\"jwk\":7}", claims(sub, SCOPE, EXP)),
						arguments("odd x5c", "{\"alg\":\"RS256\",\"x5c\":[7]}", claims(sub, SCOPE, EXP)),
						arguments("odd cnf", RS256, claims(sub, SCOPE, EXP, "\"cnf\":7")),
						arguments("cnf of a certificate", RS256, claims(sub, SCOPE, EXP, "\"cnf\":{\"x5t#S256\":7}"))));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("malformed")
	void refusesATokenWith(String flaw, String header, String claims) {
		expectInvalidToken(deleteUnknownEvent("Bearer " + TOKENS.signed(header, claims)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer", "Bearer ", "Bearer .", "Bearer ..", "Bearer a.b", "Bearer a.b.c.d.e",
			"Bearer a b", "Bearer \u00e9", "Bearer e30.e30.e30" })
	void refusesAnythingThatIsNotAToken(String authorization) {
		expectInvalidToken(deleteUnknownEvent(authorization));
	}

	/**
	 * The limit of the header size applies.
	 */
	@Test
	void refusesATokenThatIsLargerThanTheHeaderLimit() {
		String token = TOKENS.signed(RS256,
				claims("\"sub\":\"ada\"", EXP, SCOPE, "\"x\":\"" + "a".repeat(8000) + "\""));

		deleteUnknownEvent("Bearer " + token).expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("headers");
	}

	@Test
	void acceptsALargeTokenBelowTheHeaderLimit() {
		String token = TOKENS.signed(RS256,
				claims("\"sub\":\"" + "a".repeat(255) + "\"", EXP, SCOPE, "\"x\":\"" + "a".repeat(4000) + "\""));

		deleteUnknownEvent("Bearer " + token).expectStatus().isNotFound();
	}

}
