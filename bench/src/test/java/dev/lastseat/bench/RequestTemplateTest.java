package dev.lastseat.bench;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RequestTemplateTest {

	private static String text(RequestTemplate template, int user) {
		ByteBuf bytes = template.of(ByteBufAllocator.DEFAULT, user);
		try {
			return bytes.toString(StandardCharsets.US_ASCII);
		}
		finally {
			bytes.release();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 7, 10, 123, 9_999_999 })
	void booksTheUserWithTheNumber(int number) {
		String body = "{\"userId\":\"" + RequestTemplate.user(number) + "\"}";

		assertThat(text(RequestTemplate.booking("/seats"), number)).isEqualTo("POST /seats HTTP/1.1\r\n"
				+ "Host: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 25\r\n\r\n" + body);
		assertThat(body).hasSize(25);
	}

	@Test
	void namesTheUserOfAStandingAndOfALeave() {
		assertThat(text(RequestTemplate.standing("/users"), 12)).startsWith("GET /users/user-0000012 HTTP/1.1\r\n")
			.contains("\r\nAccept: text/event-stream\r\n");
		assertThat(text(RequestTemplate.leaving("/waiting-list"), 12))
			.isEqualTo("DELETE /waiting-list/user-0000012 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
	}

	@Test
	void namesUsersWithTheSameLength() {
		assertThat(RequestTemplate.user(0)).isEqualTo("user-0000000");
		assertThat(RequestTemplate.user(42)).isEqualTo("user-0000042");
		assertThat(RequestTemplate.user(RequestTemplate.MAX_USERS - 1)).isEqualTo("user-9999999");
	}

	@Test
	void holdsForTheUserWithTheNumber() {
		assertThat(text(RequestTemplate.hold("/holds"), 42))
			.isEqualTo("PUT /holds/user-0000042 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n");
	}

	@Test
	void readsWithoutAUser() {
		assertThat(text(RequestTemplate.get("/event"), 7))
			.isEqualTo("GET /event HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n\r\n");
	}

}
