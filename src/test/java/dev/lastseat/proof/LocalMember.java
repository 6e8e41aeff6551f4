package dev.lastseat.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A mongod that runs on this machine as a process of the same user.
 */
final class LocalMember implements Member {

	/** Recovery from a kill reads the journal. */
	private static final Duration TIMEOUT = Duration.ofSeconds(90);

	private final InetSocketAddress address;

	private final Identity identity;

	private final Path output;

	private volatile long pid;

	private boolean paused;

	private @Nullable CommandLine killed;

	LocalMember(InetSocketAddress address, Identity identity) {
		this.address = address;
		this.identity = identity;
		this.output = ProofResult.DIRECTORY.resolve("member-" + address.getPort() + ".log");
		this.pid = identity.pid();
		requireListening();
	}

	/**
	 * An id from another machine or from a container may be that of any process here.
	 */
	private void requireListening() {
		if (!LocalSockets.listens(this.pid, this.address.getPort())) {
			throw new IllegalStateException("The server at " + this.address + " says that it is process " + this.pid
					+ ", which does not listen there: it is not a process of this machine that this user may kill.");
		}
	}

	@Override
	public InetSocketAddress address() {
		return this.address;
	}

	@Override
	public String set() {
		return this.identity.set();
	}

	@Override
	public boolean isSourceOf(InetSocketAddress source, int port) {
		return LocalSockets.connects(this.pid, source.getPort(), port);
	}

	/** The signal only asks for it: threads stop later, and answer until then. */
	@Override
	public void pause() {
		signal("-STOP");
		this.paused = true;
		Awaitility.await().pollDelay(Duration.ZERO).atMost(TIMEOUT).until(() -> LocalThreads.areStopped(this.pid));
	}

	@Override
	public void kill() {
		requireListening();
		this.killed = CommandLine.of(this.pid);
		signal("-KILL");
		Awaitility.await().atMost(TIMEOUT).until(() -> !LocalSockets.isListenedTo(this.address.getPort()));
	}

	@Override
	public void restore() {
		if (this.killed != null) {
			start(this.killed);
			this.killed = null;
			this.paused = false;
		}
		else if (this.paused) {
			signal("-CONT");
			this.paused = false;
		}
	}

	/** The process that serves may be a child of the one that is started. */
	private void start(CommandLine command) {
		try {
			Files.createDirectories(this.output.getParent());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Process started = command.start(this.output);
		this.pid = Awaitility.await()
			.alias("start of " + command.command() + ", which writes to " + this.output)
			.failFast(() -> !started.isAlive() && started.exitValue() != 0)
			.atMost(TIMEOUT)
			.ignoreExceptions()
			.until(this.identity::pid, (id) -> LocalSockets.listens(id, this.address.getPort()));
	}

	private void signal(String signal) {
		try {
			int exit = new ProcessBuilder("kill", signal, Long.toString(this.pid)).inheritIO().start().waitFor();
			if (exit != 0) {
				throw new IllegalStateException("kill " + signal + " " + this.pid + " ended with " + exit);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public boolean outlivesTheTests() {
		return true;
	}

	@Override
	public void close() {
		restore();
		this.identity.close();
	}

	/**
	 * What the member says of itself. Asking fails while it does not answer.
	 */
	interface Identity extends AutoCloseable {

		/**
		 * @return the name of its replica set
		 */
		String set();

		/**
		 * @return the id of its process
		 */
		long pid();

		@Override
		void close();

	}

}
