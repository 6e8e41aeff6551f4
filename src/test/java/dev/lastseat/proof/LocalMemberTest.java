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
 * Processes of this machine, found by their connections, paused, killed and started
 * again; with small processes in the place of mongod.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
class LocalMemberTest {

	private static final Duration TIMEOUT = Duration.ofMinutes(2);

	/** Long enough for a line on loopback, in milliseconds. */
	private static final int LONG = 60_000;

	/** How long a line is waited for that does not come, in milliseconds. */
	private static final int WHILE = 300;

	private final int port = MongoDb.freePort();

	private final Process process = SocketProcess.start("listen", this.port);

	private LocalMember member;

	private TcpProxy proxy;

	@BeforeEach
	void start() {
		Awaitility.await().atMost(TIMEOUT).ignoreExceptions().until(() -> pid(this.port) > 0);
		this.member = new LocalMember(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port),
				new Peer(this.port));
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
		return Long.parseLong(line(port, LONG));
	}

	private static String line(int port, int timeout) {
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
	void tellsTheConnectionsOfOneProcessFromThoseOfAnother() throws IOException {
		Process one = SocketProcess.start("connect", this.proxy.port());
		Process other = SocketProcess.start("connect", this.proxy.port());
		try {
			BufferedReader ofOne = one.inputReader(StandardCharsets.US_ASCII);
			BufferedReader ofOther = other.inputReader(StandardCharsets.US_ASCII);
			assertThat(ofOne.readLine()).isEqualTo("connected");
			assertThat(ofOther.readLine()).isEqualTo("connected");

			this.proxy.refuse((source) -> LocalSockets.connects(one.pid(), source.getPort(), this.proxy.port()));

			assertThat(ofOne.readLine()).isEqualTo("ended");
			assertThat(other.isAlive()).isTrue();
			assertThat(pid(this.proxy.port())).isEqualTo(this.process.pid());
			this.proxy.refuse((source) -> LocalSockets.connects(other.pid(), source.getPort(), this.proxy.port()));
			assertThat(ofOther.readLine()).isEqualTo("ended");
		}
		finally {
			one.destroyForcibly();
			other.destroyForcibly();
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
	void standsStillUntilItGoesOn() {
		this.member.pause();

		assertThat(LocalThreads.areStopped(this.process.pid())).isTrue();
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> line(this.port, WHILE))
			.withCauseInstanceOf(SocketTimeoutException.class);

		this.member.restore();

		assertThat(pid(this.port)).isEqualTo(this.process.pid());
	}

	@Test
	void startsAgainAsItWasStartedAfterAKill() {
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
	void killsNoProcessThatDoesNotListenThere() {
		Peer liar = new Peer(this.port) {

			@Override
			public long pid() {
				return ProcessHandle.current().pid();
			}

		};

		assertThatIllegalStateException().isThrownBy(() -> new LocalMember(this.member.address(), liar))
			.withMessageContaining("does not listen there");
	}

	/** A peer says who it is. */
	private static class Peer implements LocalMember.Identity {

		private final int port;

		Peer(int port) {
			this.port = port;
		}

		@Override
		public String set() {
			return "rs";
		}

		@Override
		public long pid() {
			return LocalMemberTest.pid(this.port);
		}

		@Override
		public void close() {
			// Nothing is open.
		}

	}

}
