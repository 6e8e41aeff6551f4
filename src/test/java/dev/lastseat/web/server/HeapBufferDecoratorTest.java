package dev.lastseat.web.server;

import dev.lastseat.TestRun;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No response of the service allocates a Netty buffer before it is sent.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "lastseat.embedded.storage=memory")
class HeapBufferDecoratorTest {

	private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);

	@Autowired
	private HttpHandler service;

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/events", "/api/v1/events/x", "/problems/sold-out", "/", "/actuator/health",
			"/v3/api-docs", "/nothing" })
	void allocatesNoNettyBuffer(String path) {
		MockServerHttpResponse answer = new MockServerHttpResponse(new NettyDataBufferFactory(this.allocator));

		this.service.handle(MockServerHttpRequest.get(path).build(), answer).block(TestRun.TIMEOUT);

		assertThat(this.allocator.metric().usedHeapMemory() + this.allocator.metric().usedDirectMemory()).isZero();
		assertThat(answer.getBodyAsString().block(TestRun.TIMEOUT)).isNotEmpty();
	}

}
