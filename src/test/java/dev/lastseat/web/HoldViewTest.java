package dev.lastseat.web;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.UserId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The encoded body equals the body that Jackson writes.
 */
class HoldViewTest {

	private final JsonMapper json = JsonMapper.builder().build();

	@ParameterizedTest
	@CsvSource({ "ada, 2026-06-01T12:10:00Z, false", "a\"b\\c/d, 2026-06-01T12:10:00.120Z, true",
			"</script>, 1969-12-31T23:59:59.001Z, false" })
	void encodesAHoldLikeJackson(String user, Instant until, boolean offer) {
		HoldView view = HoldView.of(new EventId("65f000000000000000000001"), new Hold(new UserId(user), until, offer));

		assertThat(new String(view.toJson(), StandardCharsets.UTF_8)).isEqualTo(this.json.writeValueAsString(view));
	}

}
