package dev.lastseat.proof;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small process with one of two roles. {@code listen} sends its process id to each
 * client that connects. {@code connect} opens a connection, prints whether it received
 * such a line, and prints {@code ended} when the connection is closed.
 */
final class SocketProcess {

	private SocketProcess() {
	}

	public static void main(String[] args) throws IOException {
		int port = Integer.parseInt(args[1]);
		if (args[0].equals("listen")) {
			listen(port);
		}
		else {
			connect(port);
		}
	}

	private static void listen(int port) throws IOException {
		List<Socket> open = new ArrayList<>();
		try (ServerSocket server = new ServerSocket()) {
			server.setReuseAddress(true);
			server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			while (true) {
				Socket client = server.accept();
				open.add(client);
				client.getOutputStream()
					.write((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII));
			}
		}
	}

	private static void connect(int port) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			BufferedReader reader = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
			System.out.println((reader.readLine() != null) ? "connected" : "refused");
			reader.readLine();
		}
		finally {
			System.out.println("ended");
		}
	}

	/**
	 * @param role {@code listen} or {@code connect}
	 */
	static Process start(String role, int port) {
		try {
			return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
					SocketProcess.class.getName(), role, Integer.toString(port))
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
