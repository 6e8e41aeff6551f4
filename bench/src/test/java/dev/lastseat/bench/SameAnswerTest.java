package dev.lastseat.bench;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SameAnswerTest {

	private final SameAnswer reads = new SameAnswer(RequestTemplate.get("/"));

	private boolean decided(int status, String body) {
		ByteBuf bytes = Unpooled.copiedBuffer(body, StandardCharsets.UTF_8);
		try {
			return this.reads.decided(0, status, bytes, 0, 1);
		}
		finally {
			bytes.release();
		}
	}

	@Test
	void acceptsTheSameBodyAgain() {
		assertThat(decided(200, "{\"seats\":1}")).isTrue();
		assertThat(decided(200, "{\"seats\":1}")).isTrue();
	}

	@Test
	void rejectsAnotherBody() {
		decided(200, "{\"seats\":1}");

		assertThatIllegalStateException().isThrownBy(() -> decided(200, "{\"seats\":2}"))
			.withMessage("two answers differ: {\"seats\":1} and {\"seats\":2}");
	}

	@Test
	void rejectsAnotherStatus() {
		assertThatIllegalStateException().isThrownBy(() -> decided(503, "{}"))
			.withMessage("unexpected response: 503 {}");
	}

}
