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
 * A mongod process of the same user on this machine.
 */
final class LocalMember implements Member {

	/** After a kill, mongod recovers from its journal at the start. */
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
	 * Protects other processes: a process id from another machine or from a container can
	 * be the id of any process on this machine.
	 */
	private void requireListening() {
		if (!LocalSockets.listens(this.pid, this.address.getPort())) {
			throw new IllegalStateException("The server at " + this.address + " reports the process id " + this.pid
					+ ", but that process does not listen there. Only processes of this machine and user can be killed.");
		}
	}

	@Override
	public InetSocketAddress address() {
		return this.address;
	}

	@Override
	public String replicaSet() {
		return this.identity.replicaSet();
	}

	@Override
	public boolean isSourceOf(InetSocketAddress source, int port) {
		return LocalSockets.connects(this.pid, source.getPort(), port);
	}

	/**
	 * Waits after the signal, because threads stop some time later and answer until then.
	 */
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

	/**
	 * Finds the new process id at the server, which can be a child of the started
	 * process.
	 */
	private void start(CommandLine command) {
		try {
			Files.createDirectories(this.output.getParent());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Process started = command.start(this.output);
		this.pid = Awaitility.await()
			.alias("start of " + command.command() + ", output in " + this.output)
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
	public boolean isExternal() {
		return true;
	}

	@Override
	public void close() {
		restore();
		this.identity.close();
	}

	/**
	 * What the member reports about itself. Calls fail while it does not answer.
	 */
	interface Identity extends AutoCloseable {

		/**
		 * @return the name of its replica set
		 */
		String replicaSet();

		/**
		 * @return the id of its process
		 */
		long pid();

		@Override
		void close();

	}

}
