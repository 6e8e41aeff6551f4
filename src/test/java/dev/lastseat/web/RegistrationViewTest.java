package dev.lastseat.web;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The encoded body equals the body that Jackson writes.
 */
class RegistrationViewTest {

	private final JsonMapper json = JsonMapper.builder().build();

	@ParameterizedTest
	@ValueSource(
			strings = { "ada", "auth0|5f7c", "a+b@example.org", "CN=Ada,O=X", "\"", "\\", "a\"b\\c/d", "</script>" })
	void encodesARegistrationLikeJackson(String user) {
		RegistrationView view = new RegistrationView("65f000000000000000000001", user);

		assertThat(new String(view.toJson(), StandardCharsets.UTF_8)).isEqualTo(this.json.writeValueAsString(view));
	}

}
