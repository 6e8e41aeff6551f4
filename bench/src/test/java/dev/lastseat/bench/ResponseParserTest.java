package dev.lastseat.bench;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ResponseParserTest {

	private static final String WITH_LENGTH = "HTTP/1.1 409 Conflict\r\nX-Length: 7\r\nContent-Length: 12\r\n"
			+ "Cache-Control: no-store\r\n\r\n{\"code\":\"x\"}";

	private static final String SMALL_LETTERS = "HTTP/1.1 200 OK\r\ncontent-length:2\r\n\r\n{}";

	private static final String EMPTY = "HTTP/1.1 204 No Content\r\nDate: now\r\n\r\n";

	private static final String CHUNKED = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";

	private final ResponseParser parser = new ResponseParser();

	private static ByteBuf bytes(String text) {
		return Unpooled.buffer().writeBytes(text.getBytes(StandardCharsets.US_ASCII));
	}

	@Test
	void readsTheStatusAndTheBody() {
		assertThat(this.parser.completes(bytes(WITH_LENGTH))).isTrue();
		assertThat(this.parser.status()).isEqualTo(409);
		assertThat(ResponseParser.text(this.parser.body())).isEqualTo("{\"code\":\"x\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { WITH_LENGTH, SMALL_LETTERS, EMPTY, CHUNKED })
	void completesWithTheLastByteOnly(String response) {
		for (int index = 0; index < response.length() - 1; index++) {
			assertThat(this.parser.completes(bytes(response.substring(index, index + 1)))).as("byte %d", index)
				.isFalse();
		}

		assertThat(this.parser.completes(bytes(response.substring(response.length() - 1)))).isTrue();
	}

	@Test
	void readsTheNextResponseAfterAReset() {
		this.parser.completes(bytes(WITH_LENGTH));
		this.parser.reset();

		assertThat(this.parser.completes(bytes(EMPTY))).isTrue();
		assertThat(this.parser.status()).isEqualTo(204);
		assertThat(this.parser.body().isReadable()).isFalse();
	}

	@Test
	void releasesTheBytesOfAResponse() {
		ByteBuf head = bytes(WITH_LENGTH.substring(0, 20));
		ByteBuf rest = bytes(WITH_LENGTH.substring(20));
		this.parser.completes(head);
		this.parser.completes(rest);

		this.parser.reset();

		assertThat(head.refCnt()).isZero();
		assertThat(rest.refCnt()).isZero();
	}

	@Test
	void rejectsAResponseOfUnknownLength() {
		assertThatIllegalStateException().isThrownBy(() -> this.parser.completes(bytes("HTTP/1.1 200 OK\r\n\r\n")));
	}

}
