package dev.lastseat.load;

import java.lang.management.ManagementFactory;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * How many files a process may have open. A connection is one, on either side.
 */
final class OpenFiles {

	/**
	 * For what a service and a client have open besides: jars, the storage, pipes.
	 */
	private static final int BESIDES = 300;

	private OpenFiles() {
	}

	/**
	 * Asks this process, for the service that was started by the same shell may have as
	 * many. Where there is no such limit, there is nothing to require.
	 * @throws IllegalStateException saying what to do when there are too few
	 */
	static void require(int connections) {
		int needed = connections + BESIDES;
		if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
				&& system.getMaxFileDescriptorCount() < needed) {
			throw new IllegalStateException(
					"%d subscribers need %d open files, and a process may have %d: raise the limit (ulimit -Hn) or ask for fewer with -Dsubscribers"
						.formatted(connections, needed, system.getMaxFileDescriptorCount()));
		}
	}

}
