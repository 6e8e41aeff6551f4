package dev.lastseat.web.stream;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.function.server.RouterFunctions;

import static org.assertj.core.api.Assertions.assertThat;

class LastingBodyTest {

	private final List<String> steps = new ArrayList<>();

	private final TestPublisher<Void> body = TestPublisher.create();

	private Mono<Void> exchange(MockServerWebExchange exchange) {
		return new LastingBody().filter(exchange, (handled) -> {
			handled.getAttributes().put(RouterFunctions.REQUEST_ATTRIBUTE, "request");
			return LastingBody.write(handled, this.body.mono().doOnSubscribe((stream) -> this.steps.add("body")))
				.doOnTerminate(() -> this.steps.add("handler completed"));
		});
	}

	private static MockServerWebExchange accepting(String types) {
		return MockServerWebExchange.from(MockServerHttpRequest.get("/").header("Accept", types));
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/event-stream", "application/json;q=0.1, text/event-stream" })
	void writesTheBodyAfterTheHandlerHasCompleted(String types) {
		MockServerWebExchange exchange = accepting(types);

		exchange(exchange).as(StepVerifier::create)
			.then(() -> assertThat(this.steps).containsExactly("handler completed", "body"))
			.then(() -> assertThat(exchange.getAttributes()).doesNotContainKey(RouterFunctions.REQUEST_ATTRIBUTE))
			.then(this.body::complete)
			.verifyComplete();
	}

	@Test
	void writesTheBodyInTheHandlerOfAnotherRequest() {
		exchange(accepting("text/*")).as(StepVerifier::create)
			.then(() -> assertThat(this.steps).containsExactly("body"))
			.then(this.body::complete)
			.verifyComplete();
		assertThat(this.steps).containsExactly("body", "handler completed");
	}

	@Test
	void passesAnErrorOfTheBodyOn() {
		exchange(accepting("text/event-stream")).as(StepVerifier::create)
			.then(() -> this.body.error(new IllegalStateException("too many")))
			.verifyErrorMessage("too many");
	}

	@Test
	void cancelsTheBody() {
		exchange(accepting("text/event-stream")).as(StepVerifier::create)
			.then(() -> assertThat(this.steps).contains("body"))
			.thenCancel()
			.verify();

		this.body.assertCancelled();
	}

	@Test
	void completesWithAHandlerThatWritesNoStream() {
		MockServerWebExchange exchange = accepting("text/event-stream");

		new LastingBody().filter(exchange, (handled) -> Mono.empty()).as(StepVerifier::create).verifyComplete();
	}

}
