package dev.lastseat.web.server;

import java.time.Duration;
import java.time.Instant;

import dev.lastseat.booking.SettableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HttpDateTest {

	private final SettableClock clock = new SettableClock(Instant.parse("2026-12-01T09:00:00Z"));

	private final HttpDate date = new HttpDate(this.clock);

	@Test
	void changesAtEachSecondAndNotBefore() {
		assertThat(this.date.now().toString()).isEqualTo("Tue, 01 Dec 2026 09:00:00 GMT");

		this.clock.advance(Duration.ofMillis(999));
		assertThat(this.date.now().toString()).isEqualTo("Tue, 01 Dec 2026 09:00:00 GMT");

		this.clock.advance(Duration.ofMillis(1));
		assertThat(this.date.now().toString()).isEqualTo("Tue, 01 Dec 2026 09:00:01 GMT");
	}

	@Test
	void followsAClockThatIsSetBack() {
		assertThat(this.date.now().toString()).isEqualTo("Tue, 01 Dec 2026 09:00:00 GMT");

		this.clock.advance(Duration.ofHours(-2));

		assertThat(this.date.now().toString()).isEqualTo("Tue, 01 Dec 2026 07:00:00 GMT");
	}

}
