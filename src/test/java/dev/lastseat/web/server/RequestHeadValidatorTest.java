package dev.lastseat.web.server;

import dev.lastseat.booking.InvalidInputException.Violation;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

class RequestHeadValidatorTest {

	private static @Nullable Violation check(String host) {
		DefaultHttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
		head.headers().set(HttpHeaderNames.HOST, host);
		return RequestHeadValidator.check(head);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "tickets.example.org", "localhost:8080", "a-1:", "127.0.0.1:65535", "a_b:1", "EXAMPLE",
			"[::1]", "[::1]:8080", "a%20b" })
	void acceptsAHostWithAndWithoutPort(String host) {
		assertThat(check(host)).isNull();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "a b", "a/b", "user@a", "a:b", "a:123456", "a:1:2", "a:-1", "a:1.", "[::1", "::1", "\u00e4" })
	void rejectsAnythingElse(String host) {
		assertThat(check(host)).isEqualTo(new Violation("Host", "must be a host and, where needed, a port"));
	}

}
