package dev.lastseat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TcpProxyTest {

	/** How long a test waits for a byte that arrives, in milliseconds. */
	private static final int ARRIVAL_TIMEOUT = (int) TestRun.TIMEOUT.toMillis();

	/** How long a test waits for a byte that does not arrive, in milliseconds. */
	private static final int LOSS_TIMEOUT = 200;

	private ServerSocket server;

	private TcpProxy proxy;

	private Socket client;

	private Socket upstream;

	@BeforeEach
	void connect() throws IOException {
		this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
		this.proxy = new TcpProxy(new InetSocketAddress(this.server.getInetAddress(), this.server.getLocalPort()));
		this.client = new Socket(InetAddress.getLoopbackAddress(), this.proxy.port());
		this.upstream = this.server.accept();
	}

	@AfterEach
	void close() throws IOException {
		this.client.close();
		this.upstream.close();
		this.proxy.close();
		this.server.close();
	}

	@Test
	void forwardsBothDirections() throws IOException {
		expectArrival(this.client, this.upstream);
		expectArrival(this.upstream, this.client);
	}

	@Test
	void dropsOneDirectionAndForwardsTheOther() throws IOException {
		this.proxy.drop(Set.of(TcpProxy.Direction.TO_CLIENT));

		expectArrival(this.client, this.upstream);
		expectLoss(this.upstream, this.client);
	}

	@Test
	void closesAConnectionThatLostBytesWhenItHeals() throws IOException {
		this.proxy.drop(EnumSet.allOf(TcpProxy.Direction.class));
		expectLoss(this.client, this.upstream);

		this.proxy.heal();

		expectClosed(this.client);
		expectClosed(this.upstream);
	}

	@Test
	void keepsAConnectionThatLostNothingWhenItHeals() throws IOException {
		this.proxy.drop(EnumSet.allOf(TcpProxy.Direction.class));
		this.proxy.heal();

		expectArrival(this.client, this.upstream);
	}

	@Test
	void delaysBytes() throws IOException {
		this.proxy.delay(Duration.ofMillis(LOSS_TIMEOUT));
		long begin = System.nanoTime();

		expectArrival(this.client, this.upstream);

		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(LOSS_TIMEOUT));
	}

	@Test
	void closesConnectionsWithoutAServerAndForwardsWhenItIsBack() throws IOException {
		this.server.close();
		try (Socket early = new Socket(InetAddress.getLoopbackAddress(), this.proxy.port())) {
			expectClosed(early);
		}

		this.server = new ServerSocket();
		this.server.setReuseAddress(true);
		this.server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.upstream.getLocalPort()));
		try (Socket late = new Socket(InetAddress.getLoopbackAddress(), this.proxy.port());
				Socket accepted = this.server.accept()) {
			expectArrival(late, accepted);
		}
	}

	@Test
	void refusesOneClientAndForwardsForAnother() throws IOException {
		try (Socket other = new Socket(InetAddress.getLoopbackAddress(), this.proxy.port());
				Socket otherUpstream = this.server.accept()) {
			this.proxy.refuse((source) -> source.getPort() == this.client.getLocalPort());

			expectClosed(this.client);
			expectClosed(this.upstream);
			expectArrival(other, otherUpstream);
			expectArrival(otherUpstream, other);
		}
	}

	@Test
	void refusesNewConnectionsOfAClientUntilItIsAllowedAgain() throws IOException {
		this.proxy.refuse((source) -> true);
		try (Socket refused = new Socket(InetAddress.getLoopbackAddress(), this.proxy.port())) {
			expectClosed(refused);
		}

		this.proxy.refuse((source) -> false);
		try (Socket late = new Socket(InetAddress.getLoopbackAddress(), this.proxy.port());
				Socket accepted = this.server.accept()) {
			expectArrival(late, accepted);
		}
	}

	@Test
	void keepsAConnectionOpenUntilTheServerStarts() throws IOException {
		this.server.close();
		this.proxy.waitForServer(Duration.ofMillis(ARRIVAL_TIMEOUT));
		try (Socket early = new Socket(InetAddress.getLoopbackAddress(), this.proxy.port())) {
			early.setSoTimeout(LOSS_TIMEOUT);
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> early.getInputStream().read());

			this.server = new ServerSocket();
			this.server.setReuseAddress(true);
			this.server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.upstream.getLocalPort()));
			try (Socket accepted = this.server.accept()) {
				expectArrival(early, accepted);
			}
		}
	}

	private static void expectArrival(Socket from, Socket to) throws IOException {
		from.getOutputStream().write(7);
		to.setSoTimeout(ARRIVAL_TIMEOUT);
		assertThat(to.getInputStream().read()).isEqualTo(7);
	}

	private static void expectLoss(Socket from, Socket to) throws IOException {
		from.getOutputStream().write(7);
		to.setSoTimeout(LOSS_TIMEOUT);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> to.getInputStream().read());
	}

	private static void expectClosed(Socket socket) throws IOException {
		socket.setSoTimeout(ARRIVAL_TIMEOUT);
		assertThat(socket.getInputStream().read()).isEqualTo(-1);
	}

}
