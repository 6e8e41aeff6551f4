package dev.lastseat.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the process of a TCP connection on this machine. Linux has a table of sockets in
 * {@code /proc/net}, and the sockets of a process in {@code /proc/PID/fd}.
 */
final class LocalSockets {

	private static final Path PROC = Path.of("/proc");

	/** State of a listening socket: TCP_LISTEN of the kernel. */
	private static final String LISTEN = "0A";

	private LocalSockets() {
	}

	/**
	 * Whether the process has a connection between these ports.
	 * @param pid process id; the process may have ended
	 * @param from port of the process
	 * @param to port that it is connected to
	 */
	static boolean connects(long pid, int from, int to) {
		Set<String> sockets = table().filter((row) -> row.port() == from && row.peer() == to)
			.map(Row::inode)
			.collect(HashSet::new, Set::add, Set::addAll);
		return owns(pid, sockets);
	}

	/**
	 * @param pid process id; the process may have ended
	 */
	static boolean listens(long pid, int port) {
		return owns(pid, listeners(port));
	}

	/** Whether any process listens on the port. */
	static boolean isListenedTo(int port) {
		return !listeners(port).isEmpty();
	}

	private static Set<String> listeners(int port) {
		return table().filter((row) -> row.port() == port && row.state().equals(LISTEN))
			.map(Row::inode)
			.collect(HashSet::new, Set::add, Set::addAll);
	}

	private static boolean owns(long pid, Set<String> inodes) {
		if (inodes.isEmpty()) {
			return false;
		}
		Set<String> links = new HashSet<>();
		inodes.forEach((inode) -> links.add("socket:[" + inode + "]"));
		try (DirectoryStream<Path> files = Files.newDirectoryStream(PROC.resolve(pid + "/fd"))) {
			for (Path file : files) {
				if (links.contains(target(file))) {
					return true;
				}
			}
			return false;
		}
		catch (NoSuchFileException ex) {
			return false;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The process can close a file after it was listed. */
	private static String target(Path link) throws IOException {
		try {
			return Files.readSymbolicLink(link).toString();
		}
		catch (NoSuchFileException ex) {
			return "";
		}
	}

	private static Stream<Row> table() {
		return Stream.of("tcp", "tcp6").map(PROC.resolve("net")::resolve).filter(Files::exists).flatMap((table) -> {
			try {
				return parse(Files.readAllLines(table)).stream();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	/**
	 * @param lines lines of a table of the kernel, including its header
	 */
	static List<Row> parse(List<String> lines) {
		return lines.stream().skip(1).map(Row::parse).toList();
	}

	/**
	 * A socket.
	 *
	 * @param port the local port
	 * @param peer the remote port, 0 when the socket is not connected
	 */
	record Row(int port, int peer, String state, String inode) {

		private static Row parse(String line) {
			String[] columns = line.strip().split("\\s+");
			return new Row(port(columns[1]), port(columns[2]), columns[3], columns[9]);
		}

		private static int port(String address) {
			return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
		}

	}

}
