package dev.lastseat.proof;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.lastseat.TcpProxy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Finds processes by their connections, pauses them, kills them and starts them again.
 * {@link SocketProcess} stands in for mongod.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs Linux: reads /proc")
class LocalMemberTest {

	private static final Duration TIMEOUT = Duration.ofMinutes(2);

	/** How long a test waits for a line that arrives, in milliseconds. */
	private static final int ARRIVAL_TIMEOUT = 60_000;

	/** How long a test waits for a line that does not arrive, in milliseconds. */
	private static final int LOSS_TIMEOUT = 300;

	private final int port = MongoDb.freePort();

	private final Process process = SocketProcess.start("listen", this.port);

	private LocalMember member;

	private TcpProxy proxy;

	@BeforeEach
	void start() {
		Awaitility.await().atMost(TIMEOUT).ignoreExceptions().until(() -> pid(this.port) > 0);
		this.member = new LocalMember(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port),
				new SocketIdentity(this.port));
		this.proxy = new TcpProxy(InetAddress.getLoopbackAddress(), this.member::address);
	}

	@AfterEach
	void end() {
		this.member.close();
		this.proxy.close();
		ProcessHandle.of(pid(this.port)).ifPresent(ProcessHandle::destroyForcibly);
		this.process.destroyForcibly();
	}

	private static long pid(int port) {
		return Long.parseLong(readLine(port, ARRIVAL_TIMEOUT));
	}

	private static String readLine(int port, int timeout) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setSoTimeout(timeout);
			return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
				.readLine();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void distinguishesTheConnectionsOfTwoProcesses() throws IOException {
		Process first = SocketProcess.start("connect", this.proxy.port());
		Process second = SocketProcess.start("connect", this.proxy.port());
		try {
			BufferedReader firstOutput = first.inputReader(StandardCharsets.US_ASCII);
			BufferedReader secondOutput = second.inputReader(StandardCharsets.US_ASCII);
			assertThat(firstOutput.readLine()).isEqualTo("connected");
			assertThat(secondOutput.readLine()).isEqualTo("connected");

			this.proxy.refuse((source) -> LocalSockets.connects(first.pid(), source.getPort(), this.proxy.port()));

			assertThat(firstOutput.readLine()).isEqualTo("ended");
			assertThat(second.isAlive()).isTrue();
			assertThat(pid(this.proxy.port())).isEqualTo(this.process.pid());
			this.proxy.refuse((source) -> LocalSockets.connects(second.pid(), source.getPort(), this.proxy.port()));
			assertThat(secondOutput.readLine()).isEqualTo("ended");
		}
		finally {
			first.destroyForcibly();
			second.destroyForcibly();
		}
	}

	@Test
	void isTheSourceOfItsOwnConnectionsOnly() throws IOException {
		try (Socket mine = new Socket(InetAddress.getLoopbackAddress(), this.proxy.port())) {
			InetSocketAddress source = new InetSocketAddress(mine.getLocalAddress(), mine.getLocalPort());

			assertThat(this.member.isSourceOf(source, this.proxy.port())).isFalse();
			assertThat(LocalSockets.connects(ProcessHandle.current().pid(), source.getPort(), this.proxy.port()))
				.isTrue();
		}
	}

	@Test
	void pausesUntilItIsRestored() {
		this.member.pause();

		assertThat(LocalThreads.areStopped(this.process.pid())).isTrue();
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> readLine(this.port, LOSS_TIMEOUT))
			.withCauseInstanceOf(SocketTimeoutException.class);

		this.member.restore();

		assertThat(pid(this.port)).isEqualTo(this.process.pid());
	}

	@Test
	void restartsWithTheSameCommandLineAfterAKill() {
		CommandLine before = CommandLine.of(this.process.pid());

		this.member.kill();
		assertThat(this.process.onExit()).succeedsWithin(TIMEOUT);
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> pid(this.port));
		this.member.restore();

		long again = pid(this.port);
		assertThat(again).isNotEqualTo(this.process.pid());
		assertThat(CommandLine.of(again)).isEqualTo(before);
	}

	@Test
	void rejectsAProcessThatDoesNotListenAtTheAddress() {
		SocketIdentity wrong = new SocketIdentity(this.port) {

			@Override
			public long pid() {
				return ProcessHandle.current().pid();
			}

		};

		assertThatIllegalStateException().isThrownBy(() -> new LocalMember(this.member.address(), wrong))
			.withMessageContaining("does not listen there");
	}

	/** Reads the process id from the {@link SocketProcess} at the port. */
	private static class SocketIdentity implements LocalMember.Identity {

		private final int port;

		SocketIdentity(int port) {
			this.port = port;
		}

		@Override
		public String replicaSet() {
			return "rs";
		}

		@Override
		public long pid() {
			return LocalMemberTest.pid(this.port);
		}

		@Override
		public void close() {
			// No resource is open.
		}

	}

}
