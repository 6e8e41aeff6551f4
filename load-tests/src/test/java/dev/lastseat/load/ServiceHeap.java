package dev.lastseat.load;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The heap of the service, by what is still in use after garbage collection.
 */
final class ServiceHeap {

	private static final int MOST_COLLECTIONS = 20;

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
	 * Collects until it gets no smaller: what was let go of just now may take more than
	 * one collection, and asking takes memory too.
	 * @return bytes
	 */
	long measure() throws IOException, InterruptedException {
		long least = Long.MAX_VALUE;
		for (int i = 0; i < MOST_COLLECTIONS; i++) {
			collect();
			long used = this.service.heapUsed();
			if (used > 0.995 * least) {
				return Math.min(used, least);
			}
			least = used;
		}
		return least;
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
