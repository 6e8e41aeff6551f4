package dev.lastseat.load;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The heap that the service uses after a garbage collection.
 */
final class ServiceHeap {

	private static final int MAX_COLLECTIONS = 20;

	private final Service service;

	private final String process;

	/**
	 * @param process the process id of the service, on this machine and of this user
	 */
	ServiceHeap(Service service, String process) {
		this.service = service;
		this.process = process;
	}

	/**
	 * Collects until the used heap no longer shrinks: released objects may need more than
	 * one collection, and reading the metric needs memory too.
	 * @return bytes
	 */
	long measure() throws IOException, InterruptedException {
		long smallest = Long.MAX_VALUE;
		for (int i = 0; i < MAX_COLLECTIONS; i++) {
			collect();
			long used = this.service.heapUsed();
			if (used > 0.995 * smallest) {
				return Math.min(used, smallest);
			}
			smallest = used;
		}
		return smallest;
	}

	private void collect() throws IOException, InterruptedException {
		String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
		Process collection = new ProcessBuilder(jcmd, this.process, "GC.run")
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		if (collection.waitFor() != 0) {
			throw new IllegalStateException("jcmd could not reach process " + this.process);
		}
	}

}
