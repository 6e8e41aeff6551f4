package dev.lastseat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.lastseat.booking.BookingService;
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
 * The exact bytes of the streams of standings and journals, over a real port.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "lastseat.embedded.storage=memory", "lastseat.web.max-streams=2" })
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StandingAndJournalStreamsTest {

	private static final String RETRY = "retry: 2000\n\n";

	private static final UserId ADA = new UserId("ada");

	private static final UserId BOB = new UserId("bob");

	private static final UserId EVE = new UserId("eve");

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.web")
		.allowing("WARN \\S+ \\S+ got overloaded.*too many streams are open.*");

	@LocalServerPort
	private int port;

	@Autowired
	private BookingService service;

	/** An event with one seat, which ada has. */
	private EventId soldOut() {
		EventId event = this.service.create(new EventDraft("Gala", null, Instant.EPOCH, null, 1)).block().id();
		this.service.book(event, ADA).block();
		return event;
	}

	/** Tries again until the server has noticed that earlier streams were closed. */
	private SseClient open(EventId event, String path, String... headers) {
		String address = "http://127.0.0.1:" + this.port + "/api/v1/events/" + event + path;
		return Awaitility.await().until(() -> SseClient.open(address, headers), (stream) -> stream.status() == 200);
	}

	private static String standing(EventId event, String rest) {
		return "event: standing\ndata: {\"eventId\":\"" + event + "\",\"userId\":\"bob\",\"state\":" + rest + "}\n\n";
	}

	private static String closed(EventId event) {
		return "event: closed\ndata: {\"eventId\":\"" + event + "\"}\n\n";
	}

	@Test
	void followsAUserFromTheWaitingListToItsRegistration() {
		EventId event = soldOut();
		this.service.join(event, EVE).block();
		try (SseClient stream = open(event, "/users/bob", "Last-Event-ID", "99")) {
			assertThat(stream.headers().map()).containsEntry("content-type", List.of("text/event-stream"))
				.containsEntry("cache-control", List.of("no-store"))
				.containsEntry("x-accel-buffering", List.of("no"));
			assertThat(stream.next()).isEqualTo(RETRY);
			assertThat(stream.next()).isEqualTo(standing(event, "\"none\""));

			this.service.join(event, BOB).block();
			assertThat(stream.next()).isEqualTo(standing(event, "\"waiting\",\"position\":2"));

			this.service.leave(event, EVE).block();
			assertThat(stream.next()).isEqualTo(standing(event, "\"waiting\",\"position\":1"));

			this.service.release(event, ADA).block();
			assertThat(stream.next()).isEqualTo(standing(event, "\"offered\",\"expiresAt\":\"" + expiry(event) + "\""));

			this.service.book(event, BOB).block();
			assertThat(stream.next()).isEqualTo(standing(event, "\"registered\""));

			this.service.delete(event, true, RevisionCondition.NONE).block();
			assertThat(stream.next()).isEqualTo(closed(event));
			assertThat(stream.next()).isEmpty();
		}
	}

	private Instant expiry(EventId event) {
		return this.service.standing(event, BOB).block().expiresAt();
	}

	@Test
	void sendsOnlyToTheUserWhoseStandingChanges() {
		EventId event = soldOut();
		try (SseClient bob = open(event, "/users/bob"); SseClient again = open(event, "/users/bob")) {
			this.service.join(event, EVE).block();
			this.service.release(event, ADA).block();
			this.service.releaseHold(event, EVE).block();
			this.service.book(event, BOB).block();

			for (SseClient stream : List.of(bob, again)) {
				assertThat(stream.next()).isEqualTo(RETRY);
				assertThat(stream.next()).isEqualTo(standing(event, "\"none\""));
				assertThat(stream.next()).isEqualTo(standing(event, "\"registered\""));
			}
		}
	}

	@Test
	void sendsTheEntriesOfAJournalUntilTheEventIsDeleted() {
		EventId event = soldOut();
		this.service.join(event, BOB).block();
		try (SseClient stream = open(event, "/journal")) {
			assertThat(stream.next()).isEqualTo(RETRY);
			assertThat(stream.next()).matches(entry(1, "booked", "\"ada\""));
			assertThat(stream.next()).matches(entry(2, "joined", "\"bob\""));

			this.service.release(event, ADA).block();
			assertThat(stream.next()).matches(entry(3, "released", "\"ada\""));
			assertThat(stream.next()).matches(entry(4, "offered", "\"bob\""));

			this.service.delete(event, true, RevisionCondition.NONE).block();
			assertThat(stream.next()).matches(entry(5, "cancelled", "null"));
			assertThat(stream.next()).isEqualTo(closed(event));
			assertThat(stream.next()).isEmpty();
		}
		try (SseClient stream = open(event, "/journal?after=1", "Last-Event-ID", "4")) {
			assertThat(stream.next()).isEqualTo(RETRY);
			assertThat(stream.next()).matches(entry(5, "cancelled", "null"));
			assertThat(stream.next()).isEqualTo(closed(event));
		}
		try (SseClient stream = open(event, "/journal?after=5")) {
			assertThat(stream.next()).isEqualTo(RETRY);
			assertThat(stream.next()).isEqualTo(closed(event));
			assertThat(stream.next()).isEmpty();
		}
	}

	private static String entry(int seq, String op, String user) {
		return "id: " + seq + "\nevent: entry\ndata: \\{\"seq\":" + seq + ",\"at\":\"[^\"]+Z\",\"op\":\"" + op
				+ "\",\"userId\":" + user + "\\}\n\n";
	}

	@Test
	void sendsEveryEntryOnceInOrder() {
		EventId event = this.service.create(new EventDraft("Gala", null, Instant.EPOCH, null, 300)).block().id();
		book(event, 0, 100);
		try (SseClient stream = open(event, "/journal?after=50")) {
			assertThat(stream.next()).isEqualTo(RETRY);
			book(event, 100, 300);
			for (int seq = 51; seq <= 300; seq++) {
				assertThat(stream.next()).matches(entry(seq, "booked", "\"user-\\d+\""));
			}
		}
	}

	private void book(EventId event, int from, int to) {
		for (int user = from; user < to; user++) {
			this.service.book(event, new UserId("user-" + user)).block();
		}
	}

}
