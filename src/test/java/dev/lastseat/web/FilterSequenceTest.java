package dev.lastseat.web;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;

import static org.assertj.core.api.Assertions.assertThat;

class FilterSequenceTest {

	private final List<String> paths = new ArrayList<>();

	private final ServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));

	private Mono<Void> filter(WebFilter... filters) {
		return new FilterSequence(7, List.of(filters)).filter(this.exchange, (filtered) -> {
			this.paths.add(filtered.getRequest().getPath().value());
			return Mono.empty();
		});
	}

	/** Adds an element to the path of the request. */
	private WebFilter adding(String element) {
		return (exchange, chain) -> {
			String path = exchange.getRequest().getPath().value();
			this.paths.add(path);
			return chain.filter(exchange.mutate().request((request) -> request.path(path + element)).build());
		};
	}

	@Test
	void eachFilterGetsTheRequestOfTheOneBefore() {
		filter(adding("a/"), adding("b/"), adding("c/")).as(StepVerifier::create).verifyComplete();

		assertThat(this.paths).containsExactly("/", "/a/", "/a/b/", "/a/b/c/");
	}

	@Test
	void aFilterThatAnswersEndsTheSequence() {
		filter(adding("a/"), (exchange, chain) -> Mono.empty(), adding("c/")).as(StepVerifier::create).verifyComplete();

		assertThat(this.paths).containsExactly("/");
	}

	@Test
	void hasTheGivenOrder() {
		assertThat(new FilterSequence(7, List.of(adding(""))).getOrder()).isEqualTo(7);
	}

}
