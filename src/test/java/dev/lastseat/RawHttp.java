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
 * Sends bytes over a connection of their own, also those that no client library sends.
 */
final class RawHttp {

	private RawHttp() {
	}

	static Socket connect(int port) throws IOException {
		Socket socket = new Socket("127.0.0.1", port);
		socket.setSoTimeout((int) TestRun.PATIENCE.toMillis());
		return socket;
	}

	/**
	 * @param text one character a byte
	 */
	static void send(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
		socket.getOutputStream().flush();
	}

	/**
	 * @param request one character a byte
	 * @return all that comes until the server closes the connection
	 */
	static String exchange(int port, String request) {
		return exchange(port, request, (begun) -> {
		});
	}

	/**
	 * @param reader is shown all that has come, whenever something comes
	 */
	static String exchange(int port, String request, Consumer<String> reader) {
		try (Socket socket = connect(port)) {
			send(socket, request);
			return readToTheEnd(socket, reader);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Sends bytes and closes the connection, in the middle of a request perhaps.
	 */
	static void sendAndLeave(int port, String request) {
		try (Socket socket = new Socket("127.0.0.1", port)) {
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			socket.shutdownOutput();
			readToTheEnd(socket, (begun) -> {
			});
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * @return all that comes until the server closes the connection
	 */
	static String readToTheEnd(Socket socket) throws IOException {
		return readToTheEnd(socket, (begun) -> {
		});
	}

	/**
	 * @param pattern a regular expression for all that is waited for
	 * @return what came until it matched, or until the server closed the connection
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

	private static String readToTheEnd(Socket socket, Consumer<String> reader) throws IOException {
		ByteArrayOutputStream received = new ByteArrayOutputStream();
		byte[] buffer = new byte[8_192];
		try {
			for (int read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
				received.write(buffer, 0, read);
				reader.accept(received.toString(StandardCharsets.UTF_8));
			}
		}
		catch (SocketException ex) {
			// Closed with something of ours unread: that is an end, too.
		}
		return received.toString(StandardCharsets.UTF_8);
	}

}
