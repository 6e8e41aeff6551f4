package dev.lastseat.web;

import java.nio.charset.StandardCharsets;

import dev.lastseat.booking.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bodies that are read without a JSON parser. All others are left to the parser.
 */
class RegistrationRequestTest {

	private static @Nullable UserId read(String body) {
		return RegistrationRequest.readUsual(body.getBytes(StandardCharsets.UTF_8));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"userId\":\"auth0|5f7c\"}", "{\"userId\": \"auth0|5f7c\"}",
			" \t{\r\n \"userId\" : \"auth0|5f7c\" }\n" })
	void readsTheUsualBody(String body) {
		assertThat(read(body)).isEqualTo(new UserId("auth0|5f7c"));
	}

	@Test
	void readsTheLongestId() {
		assertThat(read("{\"userId\":\"" + "a".repeat(255) + "\"}")).isEqualTo(new UserId("a".repeat(255)));
		assertThat(read("{\"userId\":\"" + "a".repeat(256) + "\"}")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "{\"userId\":\"\"}", "{\"userId\":\"a b\"}", "{\"userId\":\"a\\n\"}",
			"{\"userId\":\"a\"b\"}", "{\"userId\":\"\\u0061\"}", "{\"userId\":\"\u00e9\"}", "{\"userId\":\"..\"}",
			"{\"userId\":7}", "{\"userId\":null}", "{\"userid\":\"a\"}", "{\"userId\":\"a\",}",
			"{\"userId\":\"a\",\"b\":1}", "{\"userId\":\"a\",\"userId\":\"b\"}", "{\"userId\":\"a\"}x",
			"{\"userId\":\"a\"}{", "\f{\"userId\":\"a\"}", "\u000b{\"userId\":\"a\"}", "\ufeff{\"userId\":\"a\"}" })
	void leavesAnyOtherBodyToTheParser(String body) {
		assertThat(read(body)).isNull();
	}

}
