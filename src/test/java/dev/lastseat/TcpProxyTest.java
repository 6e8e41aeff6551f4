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

	/** Long enough for a byte on loopback, in milliseconds. */
	private static final int LONG = (int) TestRun.PATIENCE.toMillis();

	/** How long a byte is waited for that does not come, in milliseconds. */
	private static final int WHILE = 200;

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
	void carriesBothWays() throws IOException {
		expectArrival(this.client, this.upstream);
		expectArrival(this.upstream, this.client);
	}

	@Test
	void losesWhatIsSentInOneWayAndCarriesTheOther() throws IOException {
		this.proxy.lose(Set.of(TcpProxy.Way.BACK));

		expectArrival(this.client, this.upstream);
		expectLoss(this.upstream, this.client);
	}

	@Test
	void endsAConnectionThatHasLostSomethingWhenItHeals() throws IOException {
		this.proxy.lose(EnumSet.allOf(TcpProxy.Way.class));
		expectLoss(this.client, this.upstream);

		this.proxy.heal();

		expectEnd(this.client);
		expectEnd(this.upstream);
	}

	@Test
	void goesOnWithAConnectionThatHasLostNothing() throws IOException {
		this.proxy.lose(EnumSet.allOf(TcpProxy.Way.class));
		this.proxy.heal();

		expectArrival(this.client, this.upstream);
	}

	@Test
	void carriesLaterWhatIsSlowedDown() throws IOException {
		this.proxy.slowDown(Duration.ofMillis(WHILE));
		long begin = System.nanoTime();

		expectArrival(this.client, this.upstream);

		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(WHILE));
	}

	@Test
	void endsConnectionsWhileThereIsNoServerAndCarriesAgainWhenThereIs() throws IOException {
		this.server.close();
		try (Socket early = new Socket(InetAddress.getLoopbackAddress(), this.proxy.port())) {
			expectEnd(early);
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
	void refusesOneClientAndCarriesForAnother() throws IOException {
		try (Socket other = new Socket(InetAddress.getLoopbackAddress(), this.proxy.port());
				Socket otherUpstream = this.server.accept()) {
			this.proxy.refuse((source) -> source.getPort() == this.client.getLocalPort());

			expectEnd(this.client);
			expectEnd(this.upstream);
			expectArrival(other, otherUpstream);
			expectArrival(otherUpstream, other);
		}
	}

	@Test
	void refusesANewConnectionOfAClientUntilItMayConnectAgain() throws IOException {
		this.proxy.refuse((source) -> true);
		try (Socket refused = new Socket(InetAddress.getLoopbackAddress(), this.proxy.port())) {
			expectEnd(refused);
		}

		this.proxy.refuse((source) -> false);
		try (Socket late = new Socket(InetAddress.getLoopbackAddress(), this.proxy.port());
				Socket accepted = this.server.accept()) {
			expectArrival(late, accepted);
		}
	}

	@Test
	void keepsAConnectionWaitingForAServerThatStarts() throws IOException {
		this.server.close();
		this.proxy.awaitServer(Duration.ofMillis(LONG));
		try (Socket early = new Socket(InetAddress.getLoopbackAddress(), this.proxy.port())) {
			early.setSoTimeout(WHILE);
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
		to.setSoTimeout(LONG);
		assertThat(to.getInputStream().read()).isEqualTo(7);
	}

	private static void expectLoss(Socket from, Socket to) throws IOException {
		from.getOutputStream().write(7);
		to.setSoTimeout(WHILE);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> to.getInputStream().read());
	}

	private static void expectEnd(Socket socket) throws IOException {
		socket.setSoTimeout(LONG);
		assertThat(socket.getInputStream().read()).isEqualTo(-1);
	}

}
