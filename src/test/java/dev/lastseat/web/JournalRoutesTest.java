package dev.lastseat.web;

import java.net.URI;
import java.util.List;

import dev.lastseat.CapturedLog;
import dev.lastseat.booking.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

import static dev.lastseat.web.WebSlice.expectJson;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of the route of journals.
 */
class JournalRoutesTest {

	private static final String EVENT = "65f000000000000000000001";

	private static final String JOURNAL = "/api/v1/events/" + EVENT + "/journal";

	@RegisterExtension
	private final CapturedLog log = CapturedLog.of("dev.lastseat.web");

	private final StubEvents events = new StubEvents();

	private final WebTestClient client = WebSlice.client(this.events);

	private WebTestClient.ResponseSpec get(String path) {
		return this.client.get().uri(URI.create(path)).exchange();
	}

	@Test
	void listsTheEntriesOldestFirst() {
		WebTestClient.ResponseSpec response = get(JOURNAL + "?unknown=1");

		response.expectHeader().doesNotExist("Link");
		expectJson(response, 200, """
				{"entries": [{"seq": 1, "at": "2026-06-01T12:00:00Z", "op": "booked", "userId": "ada"},
				 {"seq": 2, "at": "2026-06-01T12:00:00.007Z", "op": "capacity-changed", "userId": null}],
				 "next": null}""");
		assertThat(this.events.calls).containsExactly("journal " + EVENT + " 0 20");
	}

	@Test
	void linksThePages() {
		this.events.journal = Mono.just(new Page<>(StubEvents.JOURNAL, 2L));

		WebTestClient.ResponseSpec response = get(JOURNAL + "?limit=2&after=0");

		response.expectHeader().valueEquals("Link", "<" + JOURNAL + "?limit=2&after=2>; rel=\"next\"");
		response.expectBody().jsonPath("$.next").isEqualTo(2);
	}

	@Test
	void answersHeadLikeGet() {
		this.client.method(HttpMethod.HEAD).uri(JOURNAL).exchange().expectStatus().isOk().expectBody().isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "7, 7", "0, 0", "007, 7", "9223372036854775807, 9223372036854775807" })
	void continuesAfterAPosition(String after, long position) {
		this.events.journal = Mono.just(new Page<>(List.of(), null));

		expectJson(get(JOURNAL + "?limit=100&after=" + after), 200, """
				{"entries": [], "next": null}""");
		assertThat(this.events.calls).containsExactly("journal " + EVENT + " " + position + " 100");
	}

	/**
	 * The last is a cursor of another list.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "", "x", "-1", "%2B1", "1.0", "1e3", "%201", "9223372036854775808", "%D9%A1",
			"0000000000000000000001", "ZjYxNGFlYzMs" })
	void rejectsACursorThatIsNoPosition(String after) {
		WebSlice.expectProblem(get(JOURNAL + "?after=" + after), 400, "invalid-cursor")
			.jsonPath("$.detail")
			.isEqualTo("the cursor does not belong to this list");
		assertThat(this.events.calls).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "101", "x" })
	void rejectsALimitOutOfBounds(String limit) {
		WebSlice.expectProblem(get(JOURNAL + "?limit=" + limit), 400, "invalid-request")
			.jsonPath("$.errors[0].field")
			.isEqualTo("limit");
		assertThat(this.events.calls).isEmpty();
	}

	@Test
	void doesNotFindTheJournalOfAnUnknownEvent() {
		this.events.journal = Mono.empty();

		WebSlice.expectProblem(get(JOURNAL), 404, "event-not-found");
	}

}
