package dev.lastseat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Sends bytes over a connection of their own, also those that no client library sends.
 */
final class RawHttp {

	private static final int PATIENCE_MILLIS = 60_000;

	private RawHttp() {
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
		try (Socket socket = new Socket("127.0.0.1", port)) {
			socket.setSoTimeout(PATIENCE_MILLIS);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			socket.getOutputStream().flush();
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
