package dev.lastseat.booking;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UserIdTest {

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "$capacity", "a/b", "ada\n", "äda", "\0" })
	void namesTheFieldAndTheRule(String id) {
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> new UserId(id))
			.withMessageContaining("userId must be 1 to 64 characters of A-Z a-z 0-9 . _ : @ -");
	}

	@Test
	void refusesAMissingId() {
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> new UserId(null));
	}

	@Test
	void takes64CharactersAndNot65() {
		assertThat(new UserId("x".repeat(64)).value()).hasSize(64);
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> new UserId("x".repeat(65)));
	}

	@Test
	void isWrittenAsItIs() {
		assertThat(new UserId("ada@example.org")).hasToString("ada@example.org");
	}

}
