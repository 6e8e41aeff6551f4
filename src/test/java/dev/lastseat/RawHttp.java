package dev.lastseat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Sends arbitrary bytes over a new connection, including requests that no client library
 * can send.
 */
final class RawHttp {

	private RawHttp() {
	}

	static Socket connect(int port) throws IOException {
		Socket socket = new Socket("127.0.0.1", port);
		socket.setSoTimeout((int) TestRun.TIMEOUT.toMillis());
		return socket;
	}

	/**
	 * @param text one character for each byte
	 */
	static void send(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
		socket.getOutputStream().flush();
	}

	/**
	 * @param request one character for each byte
	 * @return all bytes until the server closes the connection
	 */
	static String exchange(int port, String request) {
		return exchange(port, request, (received) -> {
		});
	}

	/**
	 * @param reader gets all bytes received so far, each time more arrive
	 */
	static String exchange(int port, String request, Consumer<String> reader) {
		try (Socket socket = connect(port)) {
			send(socket, request);
			return readToEnd(socket, reader);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Sends bytes, which may be part of a request, and ends the output. Waits until the
	 * server closes the connection.
	 */
	static void sendAndDisconnect(int port, String request) {
		try (Socket socket = new Socket("127.0.0.1", port)) {
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			socket.shutdownOutput();
			readToEnd(socket, (received) -> {
			});
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * @return all bytes until the server closes the connection
	 */
	static String readToEnd(Socket socket) throws IOException {
		return readToEnd(socket, (received) -> {
		});
	}

	/**
	 * @param pattern a regular expression that matches all bytes received so far
	 * @return the bytes until the pattern matched or the server closed the connection
	 */
	static String readUntil(Socket socket, String pattern) throws IOException {
		Pattern complete = Pattern.compile(pattern, Pattern.DOTALL);
		StringBuilder received = new StringBuilder();
		InputStream in = socket.getInputStream();
		int read = 0;
		while (read >= 0 && !complete.matcher(received).matches()) {
			read = in.read();
			if (read >= 0) {
				received.append((char) read);
			}
		}
		return received.toString();
	}

	private static String readToEnd(Socket socket, Consumer<String> reader) throws IOException {
		ByteArrayOutputStream received = new ByteArrayOutputStream();
		byte[] buffer = new byte[8_192];
		try {
			for (int read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
				received.write(buffer, 0, read);
				reader.accept(received.toString(StandardCharsets.UTF_8));
			}
		}
		catch (SocketException ex) {
			// The server closed the connection without reading everything: a normal end.
		}
		return received.toString(StandardCharsets.UTF_8);
	}

}
