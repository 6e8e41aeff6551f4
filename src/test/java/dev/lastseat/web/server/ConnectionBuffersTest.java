package dev.lastseat.web.server;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.lastseat.web.log.RequestIds;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.NettyPipeline;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A connection releases every buffer: the buffers that are read, and the buffers that
 * responses are encoded into. The handler behind the pipeline accepts requests, reads no
 * body, and answers only when the test does.
 */
class ConnectionBuffersTest {

	private static final int MAX_BODY = 16;

	private static final Duration TIMEOUT = Duration.ofMinutes(1);

	private static final String HEAD = "POST / HTTP/1.1\r\nHost: a\r\n";

	private static final String REQUEST = HEAD + "Content-Length: 4\r\n\r\nbody";

	private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n2\r\nbo\r\n2\r\ndy\r\n";

	private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);

	private final EmbeddedChannel channel = new EmbeddedChannel();

	ConnectionBuffersTest() {
		this.channel.config().setAllocator(this.allocator);
		this.channel.pipeline().addLast(NettyPipeline.HttpCodec, new HttpServerCodec());
		new ConnectionLimits(new ConnectionLimits.Timeouts(TIMEOUT, TIMEOUT), MAX_BODY, new RequestIds(),
				new JsonMapper())
			.addHandlers(this.channel);
	}

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
	}

	private ByteBuf bytes(String text) {
		return ByteBufUtil.encodeString(this.allocator, CharBuffer.wrap(text), StandardCharsets.US_ASCII);
	}

	private long inUse() {
		return this.allocator.metric().usedHeapMemory() + this.allocator.metric().usedDirectMemory();
	}

	/** Releases the messages as Reactor Netty does with a body that no route reads. */
	private int releasePassed() {
		int requests = 0;
		for (Object passed = this.channel.readInbound(); passed != null; passed = this.channel.readInbound()) {
			requests += (passed instanceof LastHttpContent) ? 1 : 0;
			ReferenceCountUtil.release(passed);
		}
		return requests;
	}

	@Test
	void releasesABodyThatNoRouteReads() {
		this.channel.writeInbound(bytes(REQUEST));
		assertThat(inUse()).isPositive();

		assertThat(releasePassed()).isEqualTo(1);

		assertThat(inUse()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { REQUEST + REQUEST + REQUEST, REQUEST + CHUNKED + "0\r\n\r\n" + REQUEST,
			REQUEST + HEAD + "Content-Length: 4\r\n\r\nbo", REQUEST + CHUNKED, REQUEST + REQUEST + CHUNKED + "zz\r\nab",
			REQUEST + "NONSENSE\r\n\r\n" + REQUEST, REQUEST + HEAD + "Content-Length: 17\r\n\r\n0123456789" })
	void releasesPipelinedRequestsWhenTheConnectionCloses(String pipelined) {
		this.channel.writeInbound(bytes(pipelined));
		assertThat(releasePassed()).isEqualTo(1);

		this.channel.close();

		assertThat(releasePassed()).isZero();
		this.channel.releaseOutbound();
		assertThat(inUse()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { HEAD, HEAD + "Content-Length: 4\r\n\r\nbo", CHUNKED, CHUNKED + "5\r\nab" })
	void releasesAnIncompleteRequest(String begun) {
		this.channel.writeInbound(bytes(begun));

		this.channel.close();

		assertThat(releasePassed()).isZero();
		assertThat(inUse()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { CHUNKED + "zz\r\nab", HEAD + "Content-Length: 17\r\n\r\n0123456789",
			CHUNKED + "14\r\n01234567890123456789\r\n0\r\n\r\n",
			"POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody" + REQUEST, "NONSENSE\r\n\r\n" + REQUEST,
			HEAD + "Expect: 200-ok\r\nContent-Length: 4\r\n\r\nbody" })
	void releasesARejectedRequest(String broken) {
		this.channel.writeInbound(bytes(broken + REQUEST));

		assertThat(releasePassed()).isZero();
		ByteBuf answer = this.channel.readOutbound();
		assertThat(answer.toString(StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 4");
		answer.release();
		this.channel.releaseOutbound();
		assertThat(inUse()).isZero();
	}

	private FullHttpResponse answer() {
		FullHttpResponse answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK,
				bytes("answer"));
		answer.headers().set("Content-Length", 6);
		return answer;
	}

	@Test
	void sendsAResponse() {
		ChannelFuture written = this.channel.writeOneOutbound(answer());
		this.channel.flushOutbound();

		assertThat(written.isSuccess()).isTrue();
		assertThat(this.channel.isActive()).isTrue();
		assertThat(inUse()).isPositive();
		this.channel.releaseOutbound();
		assertThat(inUse()).isZero();
	}

	@Test
	void doesNotEncodeAReleasedResponse() {
		FullHttpResponse answer = answer();
		answer.release();

		ChannelFuture written = this.channel.writeOneOutbound(answer);
		this.channel.runPendingTasks();

		assertThat(written.cause()).isNotNull();
		assertThat(this.channel.isActive()).isFalse();
		assertThat(inUse()).isZero();
	}

}
