package dev.lastseat.warmup;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A connection to the scratch service. It understands only what that service answers. A
 * client library is not used: it would need compilation itself, and would share code with
 * the server that is to be compiled for the server alone.
 */
final class Connection implements AutoCloseable {

	/** A wait for an answer that takes longer ends the warm-up. */
	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final Socket socket;

	private final InputStream in;

	private final String requestId;

	private @Nullable Request sent;

	Connection(int port, String requestId) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setTcpNoDelay(true);
		this.socket.setSoTimeout((int) TIMEOUT.toMillis());
		this.in = new BufferedInputStream(this.socket.getInputStream());
		this.requestId = requestId;
	}

	void send(Request request) throws IOException {
		this.sent = request;
		String message = request.method() + " " + request.path() + " HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: "
				+ this.requestId + "\r\n" + request.headers() + "Content-Length: " + request.body().length()
				+ "\r\n\r\n" + request.body();
		this.socket.getOutputStream().write(message.getBytes(StandardCharsets.US_ASCII));
	}

	/**
	 * @return the answer to the request that was sent last
	 * @throws IOException if it has another status than expected
	 */
	Answer read() throws IOException {
		String status = line();
		int length = 0;
		String tag = "";
		for (String header = line(); !header.isEmpty(); header = line()) {
			String value = header.substring(header.indexOf(':') + 1).strip();
			switch (header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT)) {
				case "content-length" -> length = Integer.parseInt(value);
				case "etag" -> tag = value;
				default -> {
				}
			}
		}
		Answer answer = new Answer(tag, new String(this.in.readNBytes(length), StandardCharsets.UTF_8));
		if (this.sent == null || !status.contains(" " + this.sent.status() + " ")) {
			throw new IOException(this.sent + " was answered " + status + " " + answer.body());
		}
		return answer;
	}

	void readFirstEvent() throws IOException {
		read();
		while (!line().startsWith("data:")) {
			// the size of a chunk, or another field of the event
		}
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = this.in.read(); next != '\n'; next = this.in.read()) {
			if (next < 0) {
				throw new IOException("The scratch service closed the connection");
			}
			if (next != '\r') {
				line.append((char) next);
			}
		}
		return line.toString();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	/**
	 * @param headers complete lines
	 * @param body in ASCII
	 * @param status the expected status
	 */
	record Request(String method, String path, String headers, String body, int status) {
	}

	/**
	 * @param tag the entity tag; empty without one
	 */
	record Answer(String tag, String body) {
	}

}
