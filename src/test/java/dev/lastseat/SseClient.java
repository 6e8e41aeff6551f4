package dev.lastseat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/**
 * A client of server-sent events that shows the exact bytes of a stream.
 */
public final class SseClient implements AutoCloseable {

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final HttpResponse<InputStream> answer;

	private SseClient(HttpResponse<InputStream> answer) {
		this.answer = answer;
	}

	/**
	 * Sends the request and waits for the headers of the answer.
	 * @param headers names and values, alternating
	 */
	public static SseClient open(String address, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address)).header("Accept", "text/event-stream");
		if (headers.length > 0) {
			request.headers(headers);
		}
		try {
			return new SseClient(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	int status() {
		return this.answer.statusCode();
	}

	HttpHeaders headers() {
		return this.answer.headers();
	}

	/**
	 * Waits for the next message, which ends with an empty line.
	 * @return the message; when the stream ends, the bytes received since the last
	 * message
	 */
	public String next() {
		ByteArrayOutputStream message = new ByteArrayOutputStream();
		try {
			InputStream body = this.answer.body();
			int before = 0;
			int read = body.read();
			while (read >= 0) {
				message.write(read);
				if (read == '\n' && before == '\n') {
					break;
				}
				before = read;
				read = body.read();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return message.toString(StandardCharsets.UTF_8);
	}

	@Override
	public void close() {
		try {
			this.answer.body().close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
