package dev.lastseat.booking;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UserIdTest {

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "ada\n", "ada\u007f", "äda", "\0", ".", "..", "\ud83d\ude00" })
	void refusesAnIllegalIdAndNamesTheFieldAndTheRule(String id) {
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> new UserId(id))
			.withMessageContaining(
					"userId must be 1 to 255 printable ASCII characters without spaces, and neither . nor ..");
	}

	@Test
	void refusesAMissingId() {
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> new UserId(null));
	}

	@Test
	void accepts255CharactersAndRefuses256() {
		assertThat(new UserId("x".repeat(255)).value()).hasSize(255);
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> new UserId("x".repeat(256)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "auth0|507f1f77bcf86cd799439011", "a+b@example.org", "CN=Ada,O=X", "c3ViamVjdA+/==",
			"https://id.example.org/u?id=1#me", "$capacity", "...", ".a", "a/b", "mx;v=1", "100%", "{\"$ne\":1}" })
	void acceptsIdsOfIdentityProviders(String id) {
		assertThat(new UserId(id).value()).isEqualTo(id);
	}

	@Test
	void isWrittenWithoutDecoration() {
		assertThat(new UserId("ada@example.org")).hasToString("ada@example.org");
	}

}
