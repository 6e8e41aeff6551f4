package dev.lastseat;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.hamcrest.Matchers.equalTo;

class BufferedResponsesTest {

	private final DisposableServer server = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle((request, response) -> request.uri().equals("/empty") ? response.status(204).send()
				: response.sendString(Mono.just("answer")))
		.bindNow();

	private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);

	private final WebTestClient client = WebTestClient
		.bindToServer(
				new ReactorClientHttpConnector(HttpClient.create().option(ChannelOption.ALLOCATOR, this.allocator)))
		.baseUrl("http://127.0.0.1:" + this.server.port())
		.responseTimeout(TestRun.TIMEOUT)
		.filter(new BufferedResponses())
		.build();

	@AfterEach
	void close() {
		this.server.disposeNow();
	}

	private long inUse() {
		return this.allocator.metric().usedHeapMemory() + this.allocator.metric().usedDirectMemory();
	}

	@Test
	void releasesTheBufferOfABodyThatIsNotRead() {
		this.client.get().uri("/").exchange().expectStatus().isOk();

		Awaitility.await().atMost(TestRun.TIMEOUT).until(this::inUse, equalTo(0L));
	}

	@Test
	void keepsTheBodyOfAResponse() {
		this.client.get().uri("/").exchange().expectBody(String.class).isEqualTo("answer");
		this.client.get().uri("/empty").exchange().expectStatus().isNoContent().expectBody().isEmpty();
	}

}
