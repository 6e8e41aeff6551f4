package dev.lastseat.web.stream;

import java.nio.charset.StandardCharsets;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventStatus;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.status.StatusUpdate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class StatusFrameTest {

	private static final JsonMapper JSON = new JsonMapper();

	private static final EventId EVENT = new EventId("65f000000000000000000001");

	@Test
	void sharesTheSameBytesAmongSubscribers() {
		StatusFrame frame = StatusFrame
			.of(new StatusUpdate.Current(new EventStatus(EVENT, 3, 2, 0, 0, SaleTerms.DEFAULT, 7)), JSON);

		assertThat(frame.withId().array()).isSameAs(frame.withId().array()).isSameAs(frame.withoutId().array());
	}

	@Test
	void escapesLineBreaksInAnId() {
		StatusFrame frame = StatusFrame.of(new StatusUpdate.Closed(new EventId("a\n\"b")), JSON);

		assertThat(new String(frame.bytes(), StandardCharsets.UTF_8))
			.isEqualTo("event: closed\ndata: {\"eventId\":\"a\\n\\\"b\"}\n\n");
	}

}
