package dev.lastseat.web.server;

import java.util.List;
import java.util.regex.Pattern;

import dev.lastseat.booking.InvalidInputException.Violation;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/**
 * Validates the head of a request before its body is read. Netty checks the syntax of the
 * lines and the framing; this class checks the rest (RFC 9112, 3.2).
 */
final class RequestHeadValidator {

	/**
	 * A host name or an address, and an optional port. Names of containers may contain
	 * underscores.
	 */
	private static final Pattern HOST = Pattern
		.compile("([A-Za-z0-9._~!$&'()*+,;=%-]*|\\[[0-9A-Fa-f:.]+])(:\\d{0,5})?");

	/** With the colon. */
	private static final int MAX_PORT_LENGTH = 6;

	private RequestHeadValidator() {
	}

	/**
	 * @return the violation; null for a valid head
	 */
	static @Nullable Violation check(HttpRequest head) {
		if (head.decoderResult().isFailure()) {
			return unreadable(head.decoderResult().cause());
		}
		if (head.protocolVersion().majorVersion() != 1) {
			return new Violation("request", "must be HTTP/1.1 or HTTP/1.0");
		}
		List<String> hosts = head.headers().getAll(HttpHeaderNames.HOST);
		if (hosts.size() > 1 || (hosts.isEmpty() && head.protocolVersion().equals(HttpVersion.HTTP_1_1))) {
			return new Violation("Host", "must be given exactly once");
		}
		if (!hosts.isEmpty() && !isHost(hosts.get(0))) {
			return new Violation("Host", "must be a host and, where needed, a port");
		}
		if (head.headers().contains(HttpHeaderNames.TRANSFER_ENCODING) && !isChunked(head)) {
			return new Violation("Transfer-Encoding", "must be chunked, and in HTTP/1.1 only");
		}
		if (head.headers().contains(HttpHeaderNames.EXPECT) && !HttpUtil.is100ContinueExpected(head)
				&& head.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
			return new Violation("Expect", "must be 100-continue");
		}
		return null;
	}

	private static boolean isHost(String value) {
		return isUsualHost(value) || HOST.matcher(value).matches();
	}

	/** Accepts nearly every host, in a fraction of the time of the regular expression. */
	private static boolean isUsualHost(String value) {
		int colon = value.indexOf(':');
		int end = (colon < 0) ? value.length() : colon;
		for (int index = 0; index < value.length(); index++) {
			char character = value.charAt(index);
			boolean ofName = (character >= 'a' && character <= 'z') || character == '.' || character == '-';
			boolean ofBoth = character >= '0' && character <= '9';
			if (index != end && !ofBoth && !(ofName && index < end)) {
				return false;
			}
		}
		return value.length() - end <= MAX_PORT_LENGTH;
	}

	/**
	 * Accepts the coding "chunked" alone: the end of a body in another coding cannot be
	 * found without its decoder.
	 */
	private static boolean isChunked(HttpRequest head) {
		List<String> codings = head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
		return codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked")
				&& head.protocolVersion().equals(HttpVersion.HTTP_1_1);
	}

	private static Violation unreadable(Throwable cause) {
		if (cause instanceof TooLongHttpLineException) {
			return new Violation("uri", "is too long");
		}
		if (cause instanceof TooLongHttpHeaderException) {
			return new Violation("headers", "are too long");
		}
		return new Violation("request", "must be HTTP");
	}

}
