package dev.lastseat.web;

import java.time.Instant;

import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.SaleTerms;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * The request of the examples in the API description; a test can change it.
 */
final class ExampleRequest {

	static final String REQUEST_ID = "0f3b7c52-4d1e-4a6f-9b0c-2e5d8a7f6c31";

	private static final String EVENT = "65f000000000000000000001";

	private static final SaleTerms SALE = new SaleTerms(Instant.parse("2026-11-01T10:00:00Z"),
			Instant.parse("2026-12-01T18:00:00Z"), 300, 1_800);

	/** The event of the examples just after its creation. */
	static final Event CREATED = gala(0, 0, 0);

	/** The event of the examples at a later time. */
	static final Event GALA = gala(1, 1, 7);

	private static final String USER = "ada";

	private final HttpMethod method;

	String path;

	String body;

	String accept = "application/json, text/event-stream";

	String ifNoneMatch = "";

	String ifMatch = "";

	MediaType type = MediaType.APPLICATION_JSON;

	ExampleRequest(DescribedApi api, DescribedOperation operation) {
		this.method = operation.method();
		this.path = operation.path().replace("{eventId}", EVENT).replace("{userId}", USER).replace("{code}", "sold-out")
				+ (operation.path().equals(Paths.STATUS) ? "?eventId=" + EVENT : "");
		JsonNode example = api.resolve(operation.node().path("requestBody")).at("/content/application~1json/example");
		this.body = example.isMissingNode() ? "" : example.toString();
	}

	private static Event gala(int ticketsSold, int held, long revision) {
		return new Event(new EventId(EVENT), "Gala", "An evening", Instant.parse("2026-12-01T19:00:00Z"),
				Instant.parse("2026-12-01T23:00:00Z"), 3, SALE, ticketsSold, held, 0, revision, Instant.EPOCH);
	}

	boolean isRead() {
		return this.method == HttpMethod.GET;
	}

	/**
	 * Makes the request violate a rule, if there is one for it.
	 */
	void makeInvalid() {
		if (!this.body.isEmpty()) {
			this.body = "[]";
		}
		else if (this.path.endsWith(USER)) {
			this.path = this.path.replace(USER, "\u00e4");
		}
		else if (isRead()) {
			this.path = this.path.replaceAll("\\?.*", "") + "?limit=0";
		}
		else {
			this.path += "?withRegistrations=perhaps";
		}
	}

	WebTestClient.ResponseSpec send(WebTestClient client) {
		WebTestClient.RequestBodySpec request = client.method(this.method)
			.uri(this.path)
			.header("Accept", this.accept)
			.header("X-Request-Id", REQUEST_ID);
		if (!this.ifNoneMatch.isEmpty()) {
			request.header("If-None-Match", this.ifNoneMatch);
		}
		if (!this.ifMatch.isEmpty()) {
			request.header("If-Match", this.ifMatch);
		}
		return this.body.isEmpty() ? request.exchange()
				: request.contentType(this.type).bodyValue(this.body).exchange();
	}

}
