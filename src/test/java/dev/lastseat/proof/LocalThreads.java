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
 * The states of the threads of a process, which Linux has in
 * {@code /proc/PID/task/TID/stat}.
 */
final class LocalThreads {

	private static final String STOPPED = "T";

	/** States of threads that have ended: zombie and dead. */
	private static final Set<String> ENDED = Set.of("Z", "X");

	private LocalThreads() {
	}

	/**
	 * Whether a signal has stopped all threads of the process. A signal stops one thread
	 * after another, so a process can still answer when only its first thread is stopped.
	 * @param pid process id; the process may have ended
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

	/** A thread can end after it was listed. */
	private static String state(Path thread) {
		try {
			return parse(Files.readString(thread.resolve("stat")));
		}
		catch (IOException ex) {
			return "X";
		}
	}

	/**
	 * Returns the state. It follows the name of the thread, which is in parentheses and
	 * can contain any character.
	 */
	static String parse(String stat) {
		return stat.substring(stat.lastIndexOf(')') + 1).strip().substring(0, 1);
	}

}
