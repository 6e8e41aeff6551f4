package dev.lastseat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.RevisionCondition;
import dev.lastseat.booking.UserId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The exact bytes of live status streams, over a real port.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "lastseat.embedded.storage=memory", "lastseat.web.max-streams=2" })
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LiveStatusStreamTest {

	private static final String RETRY = "retry: 2000\n\n";

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.web")
		.allowing("WARN \\S+ \\S+ got overloaded.*too many streams are open.*");

	@LocalServerPort
	private int port;

	@Autowired
	private BookingService service;

	private EventId create() {
		return this.service.create(new EventDraft("Gala", null, Instant.EPOCH, null, 3)).block().id();
	}

	private void book(EventId event, String user) {
		this.service.book(event, new UserId(user)).block();
	}

	private SseClient open(EventId event, String... headers) {
		return SseClient.open(api() + "/events/" + event + "/status", headers);
	}

	/** Tries again until the server has noticed that earlier streams were closed. */
	private SseClient openWhenBelowTheLimit(EventId event, String... headers) {
		return Awaitility.await().until(() -> open(event, headers), (stream) -> stream.status() == 200);
	}

	private String api() {
		return "http://127.0.0.1:" + this.port + "/api/v1";
	}

	private static String status(EventId event, int ticketsSold, int revision) {
		return "event: status\ndata: {\"eventId\":\"" + event + "\",\"capacity\":3,\"ticketsSold\":" + ticketsSold
				+ ",\"held\":0,\"waiting\":0,\"remaining\":" + (3 - ticketsSold) + ",\"soldOut\":" + (ticketsSold == 3)
				+ ",\"salesOpenAt\":null,\"salesCloseAt\":null,\"revision\":" + revision + "}\n\n";
	}

	@Test
	void sendsEachStateOfAnEventUntilItIsDeleted() {
		EventId event = create();
		try (SseClient stream = openWhenBelowTheLimit(event)) {
			assertThat(stream.headers().map()).containsEntry("content-type", List.of("text/event-stream"))
				.containsEntry("cache-control", List.of("no-store"))
				.containsEntry("x-accel-buffering", List.of("no"));
			assertThat(stream.next()).isEqualTo(RETRY);
			assertThat(stream.next()).isEqualTo("id: 0\n" + status(event, 0, 0));

			book(event, "ada");
			assertThat(stream.next()).isEqualTo("id: 1\n" + status(event, 1, 1));

			this.service.release(event, new UserId("ada")).block();
			assertThat(stream.next()).isEqualTo("id: 2\n" + status(event, 0, 2));

			this.service.delete(event, false, RevisionCondition.NONE).block();
			assertThat(stream.next()).isEqualTo("event: closed\ndata: {\"eventId\":\"" + event + "\"}\n\n");
			assertThat(stream.next()).isEmpty();
		}
	}

	@Test
	void sendsOnlyStatesAfterTheLastEventId() {
		EventId event = create();
		book(event, "ada");
		try (SseClient stream = openWhenBelowTheLimit(event, "Last-Event-ID", "1")) {
			assertThat(stream.next()).isEqualTo(RETRY);

			book(event, "bob");
			assertThat(stream.next()).isEqualTo("id: 2\n" + status(event, 2, 2));
		}
	}

	@Test
	void sendsTheStatesOfSeveralEvents() {
		EventId gala = create();
		EventId play = create();
		Awaitility.await().until(() -> {
			try (SseClient stream = SseClient.open(api() + "/status?eventId=" + play + "&eventId=" + gala)) {
				if (stream.status() == 503) {
					return false;
				}
				assertThat(stream.next()).isEqualTo(RETRY);
				assertThat(stream.next()).isEqualTo(status(play, 0, 0));
				assertThat(stream.next()).isEqualTo(status(gala, 0, 0));

				book(gala, "ada");
				assertThat(stream.next()).isEqualTo(status(gala, 1, 1));

				this.service.change(play, EventChange.ofCapacity(3), RevisionCondition.NONE).block();
				assertThat(stream.next()).isEqualTo(status(play, 0, 1));
				return true;
			}
		});
	}

	@Test
	void rejectsAStreamAboveTheLimitUntilAnotherHasEnded() {
		EventId event = create();
		try (SseClient first = openWhenBelowTheLimit(event)) {
			try (SseClient second = openWhenBelowTheLimit(event); SseClient third = open(event)) {
				assertThat(third.status()).isEqualTo(503);
				assertThat(third.headers().firstValue("Retry-After")).contains("1");
				assertThat(third.next()).contains("\"code\":\"overloaded\"",
						"\"detail\":\"too many streams are open\"");
				assertThat(second.next()).isEqualTo(RETRY);
			}
			openWhenBelowTheLimit(event).close();
			assertThat(first.next()).isEqualTo(RETRY);
		}
	}

}
