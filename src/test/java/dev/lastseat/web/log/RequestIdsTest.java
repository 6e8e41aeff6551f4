package dev.lastseat.web.log;

import java.util.stream.IntStream;

import dev.lastseat.web.StubEvents;
import dev.lastseat.web.WebSlice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The id of a request, and where the client sees it.
 */
class RequestIdsTest {

	private static final String GALA = "/api/v1/events/" + StubEvents.GALA.id();

	private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

	private final WebTestClient client = WebSlice.client(new StubEvents());

	@ParameterizedTest
	@ValueSource(strings = { "7", "01JDN-checkout_42.a",
			"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" })
	void keepsTheIdOfTheClient(String id) {
		assertThat(idOf(GALA, id)).isEqualTo(id);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "a\tb", "<script>", "${jndi:ldap://x}", "ada@example.org", "ü",
			"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" })
	void replacesAnIdThatIsNotSafeToLog(String id) {
		assertThat(idOf(GALA, id)).matches(UUID);
	}

	@Test
	void givesEveryRequestAnotherId() {
		assertThat(IntStream.range(0, 100).mapToObj((number) -> idOf(GALA))).allMatch((id) -> id.matches(UUID))
			.doesNotHaveDuplicates();
	}

	@Test
	void addsTheIdToAProblem() {
		this.client.get()
			.uri("/nowhere")
			.header(RequestIds.HEADER, "quote-me")
			.exchange()
			.expectHeader()
			.valueEquals(RequestIds.HEADER, "quote-me")
			.expectBody()
			.jsonPath("$.requestId")
			.isEqualTo("quote-me");
	}

	@Test
	void keepsTheBasePath() {
		MockServerHttpRequest request = MockServerHttpRequest.get("/shop/").contextPath("/shop").build();

		new RequestIds().apply((identified, response) -> {
			assertThat(identified.getPath().pathWithinApplication().value()).isEqualTo("/");
			return Mono.empty();
		}).handle(request, new MockServerHttpResponse()).block();
	}

	private String idOf(String path, String... offered) {
		return this.client.get().uri(path).headers((headers) -> {
			for (String id : offered) {
				headers.add(RequestIds.HEADER, id);
			}
		}).exchange().returnResult(Void.class).getResponseHeaders().getFirst(RequestIds.HEADER);
	}

}
