package dev.lastseat.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether the threads of a process run, as Linux shows it in
 * {@code /proc/PID/task/TID/stat}.
 */
final class LocalThreads {

	private static final String STOPPED = "T";

	/** Of threads that have ended: zombie, and dead. */
	private static final Set<String> ENDED = Set.of("Z", "X");

	private LocalThreads() {
	}

	/**
	 * Whether the process is stopped by a signal. A signal stops one thread after
	 * another, so a process of which only the first thread is stopped may still answer.
	 * @param pid of a process that may be gone
	 */
	static boolean areStopped(long pid) {
		Set<String> states = new HashSet<>();
		try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
			threads.forEach((thread) -> states.add(state(thread)));
		}
		catch (NoSuchFileException ex) {
			return false;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		states.removeAll(ENDED);
		return states.equals(Set.of(STOPPED));
	}

	/** A thread can end between the listing and the look. */
	private static String state(Path thread) {
		try {
			return parse(Files.readString(thread.resolve("stat")));
		}
		catch (IOException ex) {
			return "X";
		}
	}

	/**
	 * The state follows the name of the thread, which is in parentheses and may contain
	 * any character.
	 */
	static String parse(String stat) {
		return stat.substring(stat.lastIndexOf(')') + 1).strip().substring(0, 1);
	}

}
