package dev.lastseat.bench;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * The bytes of a request, with a place for the number of a user. A request is a copy of
 * these bytes: the load generator builds nothing else.
 */
final class RequestTemplate {

	/** All users have names of the same length, so all requests have one length. */
	private static final int DIGITS = 7;

	/** More than any user. */
	static final int MAX_USERS = 10_000_000;

	private static final String USER = "user-";

	private static final String NO_USER = "0".repeat(DIGITS);

	private static final int RADIX = 10;

	private final byte[] bytes;

	/** The index of the digits; negative for none. */
	private final int digits;

	private RequestTemplate(String request) {
		this.bytes = request.getBytes(StandardCharsets.US_ASCII);
		this.digits = request.indexOf(USER + NO_USER);
	}

	/** The booking of a user. */
	static RequestTemplate booking(String path) {
		String body = body(USER + NO_USER);
		return new RequestTemplate("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
				+ "Content-Length: " + body.length() + "\r\n\r\n" + body);
	}

	/**
	 * The hold of a user.
	 * @param path the path of the holds of an event
	 */
	static RequestTemplate hold(String path) {
		return new RequestTemplate(
				"PUT " + path + "/" + USER + NO_USER + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n");
	}

	/**
	 * The user leaves the waiting list.
	 * @param path the path of the waiting list of an event
	 */
	static RequestTemplate leaving(String path) {
		return new RequestTemplate("DELETE " + path + "/" + USER + NO_USER + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
	}

	/**
	 * The stream of the standing of a user.
	 * @param path the path of the users of an event
	 */
	static RequestTemplate standing(String path) {
		return stream(path + "/" + USER + NO_USER);
	}

	/** The request of a JSON document. */
	static RequestTemplate get(String path) {
		return new RequestTemplate("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n\r\n");
	}

	/** The request of a stream. */
	static RequestTemplate stream(String path) {
		return new RequestTemplate("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n");
	}

	/** The body of a booking. */
	static String body(String user) {
		return "{\"userId\":\"" + user + "\"}";
	}

	/** The name of the user with this number. */
	static String user(int number) {
		String digits = String.valueOf(number);
		return USER + NO_USER.substring(digits.length()) + digits;
	}

	/**
	 * @param user the number of the user, below {@link #MAX_USERS}
	 */
	ByteBuf of(ByteBufAllocator allocator, int user) {
		ByteBuf request = allocator.directBuffer(this.bytes.length).writeBytes(this.bytes);
		if (this.digits >= 0) {
			int rest = user;
			for (int index = this.digits + USER.length() + DIGITS - 1; rest > 0; index--) {
				request.setByte(index, '0' + rest % RADIX);
				rest /= RADIX;
			}
		}
		return request;
	}

}
