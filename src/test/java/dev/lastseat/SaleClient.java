package dev.lastseat;

import java.util.Map;

import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * A client of a running service, for one event.
 */
final class SaleClient {

	private final WebTestClient client;

	private final String event;

	/**
	 * Creates the event.
	 */
	SaleClient(int port, Map<String, ?> event) {
		this.client = WebTestClient.bindToServer()
			.filter(new BufferedResponses())
			.responseTimeout(TestRun.TIMEOUT)
			.baseUrl("http://127.0.0.1:" + port)
			.build();
		this.event = this.client.post()
			.uri("/api/v1/events")
			.bodyValue(event)
			.exchange()
			.expectStatus()
			.isCreated()
			.returnResult(Void.class)
			.getResponseHeaders()
			.getLocation()
			.toString();
	}

	/** The path of the event. */
	String event() {
		return this.event;
	}

	/**
	 * @param path below that of the event
	 */
	WebTestClient.ResponseSpec send(String method, String path) {
		return this.client.method(HttpMethod.valueOf(method)).uri(this.event + path).exchange();
	}

	/**
	 * @param path below that of the event
	 */
	WebTestClient.ResponseSpec send(String method, String path, Map<String, ?> body) {
		return this.client.method(HttpMethod.valueOf(method)).uri(this.event + path).bodyValue(body).exchange();
	}

	/**
	 * Reads the next page of a list.
	 * @param page has a link to it
	 */
	WebTestClient.ResponseSpec next(WebTestClient.BodyContentSpec page) {
		String link = page.returnResult().getResponseHeaders().getFirst("Link");
		return this.client.get().uri(link.replaceAll("<(.*)>.*", "$1")).exchange();
	}

	static WebTestClient.BodyContentSpec expectProblem(WebTestClient.ResponseSpec answer, int status, String code) {
		return answer.expectStatus().isEqualTo(status).expectBody().jsonPath("$.code").isEqualTo(code);
	}

}
