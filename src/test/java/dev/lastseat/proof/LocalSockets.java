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
 * Which process of this machine a TCP connection belongs to, as Linux shows it: a table
 * of sockets in {@code /proc/net}, and the sockets of a process in {@code /proc/PID/fd}.
 */
final class LocalSockets {

	private static final Path PROC = Path.of("/proc");

	/** The state of a socket that waits for connections; the kernel's TCP_LISTEN. */
	private static final String LISTENS = "0A";

	private LocalSockets() {
	}

	/**
	 * Whether the process has a connection to the given port from the other given port.
	 * @param pid of a process that may be gone
	 */
	static boolean connects(long pid, int from, int to) {
		Set<String> sockets = table().filter((row) -> row.port() == from && row.peer() == to)
			.map(Row::inode)
			.collect(HashSet::new, Set::add, Set::addAll);
		return owns(pid, sockets);
	}

	/**
	 * @param pid of a process that may be gone
	 */
	static boolean listens(long pid, int port) {
		return owns(pid, listeners(port));
	}

	/** Whether any process does. */
	static boolean isListenedTo(int port) {
		return !listeners(port).isEmpty();
	}

	private static Set<String> listeners(int port) {
		return table().filter((row) -> row.port() == port && row.state().equals(LISTENS))
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

	/** A file can be closed between the listing and the look. */
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
	 * @param lines with a head
	 */
	static List<Row> parse(List<String> lines) {
		return lines.stream().skip(1).map(Row::parse).toList();
	}

	/**
	 * A socket.
	 *
	 * @param port of its own end
	 * @param peer port of the other end, 0 when there is none
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
