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

	private final StreamConnection stream = new StreamConnection(this.channel, StreamConnection.SOLD);

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
		Mono<Void> opened = this.stream.open(RequestTemplate.stream("/status"), 0);

		StepVerifier.create(opened).then(() -> this.channel.writeInbound(bytes(FIRST))).verifyComplete();

		assertThat(this.stream.number()).isEqualTo(3);
		assertThat(this.states).isEmpty();
	}

	@Test
	void reportsFurtherStates() {
		this.channel.writeInbound(bytes(FIRST), bytes(frame(4) + frame(17)));

		assertThat(this.states).containsExactly(4, 17);
		assertThat(this.stream.number()).isEqualTo(17);
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
	void ignoresAStateWithoutTheField() {
		this.channel.writeInbound(bytes(FIRST), bytes("12\r\nevent: status\ndata: {\"soldOut\":true}\n\n\r\n"));

		assertThat(this.states).isEmpty();
		assertThat(this.stream.number()).isEqualTo(3);
	}

	@Test
	void readsATextAsZero() {
		EmbeddedChannel other = new EmbeddedChannel();
		StreamConnection standing = new StreamConnection(other, "state");
		other.pipeline().addLast(standing);

		other.writeInbound(bytes("event: standing\ndata: {\"userId\":\"a\",\"state\":\"none\"}\n\n"));

		assertThat(standing.number()).isZero();
	}

	@Test
	void failsToOpenWhenTheServiceClosesTheConnection() {
		Mono<Void> opened = this.stream.open(RequestTemplate.stream("/status"), 0);

		StepVerifier.create(opened).then(() -> this.channel.close()).verifyError(IOException.class);
	}

	@Test
	void failsWhenTheServiceClosesAnOpenStream() {
		this.channel.writeInbound(bytes(FIRST));
		this.channel.close();

		assertThatIllegalStateException().isThrownBy(this.stream::number);
	}

}
