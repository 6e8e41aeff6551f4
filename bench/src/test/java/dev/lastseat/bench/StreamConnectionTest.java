package dev.lastseat.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class StreamConnectionTest {

	private static final String FIRST = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1f\r\n: ok\n\r\n"
			+ frame(3);

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final StreamConnection stream = new StreamConnection(this.channel);

	private final List<Integer> states = new ArrayList<>();

	StreamConnectionTest() {
		this.channel.pipeline().addLast(this.stream);
		this.stream.listen(this.states::add);
	}

	private static String frame(int sold) {
		return "5a\r\nid: 9\nevent: status\ndata: {\"title\":\"Sale\",\"ticketsSold\":" + sold
				+ ",\"soldOut\":false}\n\n\r\n";
	}

	private static ByteBuf bytes(String text) {
		return Unpooled.buffer().writeBytes(text.getBytes(StandardCharsets.US_ASCII));
	}

	@Test
	void opensWithTheFirstState() {
		Mono<Void> opened = this.stream.open(RequestTemplate.stream("/status"));

		StepVerifier.create(opened).then(() -> this.channel.writeInbound(bytes(FIRST))).verifyComplete();

		assertThat(this.stream.sold()).isEqualTo(3);
		assertThat(this.states).isEmpty();
	}

	@Test
	void reportsFurtherStates() {
		this.channel.writeInbound(bytes(FIRST), bytes(frame(4) + frame(17)));

		assertThat(this.states).containsExactly(4, 17);
		assertThat(this.stream.sold()).isEqualTo(17);
	}

	@Test
	void reportsAStateOnceWhenItsBytesArriveOneByOne() {
		List<ByteBuf> parts = new ArrayList<>();
		for (char letter : (FIRST + frame(456) + frame(1007)).toCharArray()) {
			parts.add(bytes(String.valueOf(letter)));
		}

		this.channel.writeInbound(parts.toArray());

		assertThat(this.states).containsExactly(456, 1007);
		assertThat(parts).allSatisfy((part) -> assertThat(part.refCnt()).isZero());
	}

	@Test
	void failsToOpenWhenTheServiceClosesTheConnection() {
		Mono<Void> opened = this.stream.open(RequestTemplate.stream("/status"));

		StepVerifier.create(opened).then(() -> this.channel.close()).verifyError(IOException.class);
	}

	@Test
	void failsWhenTheServiceClosesAnOpenStream() {
		this.channel.writeInbound(bytes(FIRST));
		this.channel.close();

		assertThatIllegalStateException().isThrownBy(this.stream::sold);
	}

}
