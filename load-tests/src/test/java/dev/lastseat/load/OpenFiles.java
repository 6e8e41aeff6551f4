package dev.lastseat.load;

import java.lang.management.ManagementFactory;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * The limit of open files of a process. A connection is one open file in each process.
 */
final class OpenFiles {

	/**
	 * Other open files of a service and a client: jars, the storage, pipes.
	 */
	private static final int OTHER_FILES = 300;

	private OpenFiles() {
	}

	/**
	 * Checks the limit of this process; the service was started by the same shell and has
	 * the same limit. Does nothing on systems without such a limit.
	 * @throws IllegalStateException when the limit is too low; the message says what to
	 * do
	 */
	static void require(int connections) {
		int needed = connections + OTHER_FILES;
		if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
				&& system.getMaxFileDescriptorCount() < needed) {
			throw new IllegalStateException(
					"%d subscribers need %d open files, but the limit is %d: raise it (ulimit -Hn), or set a smaller -Dsubscribers"
						.formatted(connections, needed, system.getMaxFileDescriptorCount()));
		}
	}

}
