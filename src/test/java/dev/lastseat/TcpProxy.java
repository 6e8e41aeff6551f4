package dev.lastseat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Stands between clients and a server, by default on loopback. It can cut the line, for
 * all clients or some of them, hold back or slow down what is on it, or lose what goes
 * one way or both.
 */
public final class TcpProxy implements AutoCloseable {

	/** A way that bytes go. */
	public enum Way {

		/** From the client to the server. */
		THERE,

		/** From the server to the client. */
		BACK

	}

	private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(50);

	private final InetAddress address;

	private final Supplier<InetSocketAddress> target;

	private final int port;

	private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final Set<Socket> broken = ConcurrentHashMap.newKeySet();

	private volatile ServerSocket server;

	private volatile Socket reservation = new Socket();

	private volatile CountDownLatch held = new CountDownLatch(0);

	private volatile Duration delay = Duration.ZERO;

	private volatile Set<Way> lossy = Set.of();

	private volatile Predicate<InetSocketAddress> refused = (source) -> false;

	private volatile Duration patience = Duration.ZERO;

	public TcpProxy(InetSocketAddress target) {
		this(InetAddress.getLoopbackAddress(), () -> target);
	}

	/**
	 * @param address where it listens, at a port of its own
	 * @param target asked for each connection, since a server may come back elsewhere
	 */
	public TcpProxy(InetAddress address, Supplier<InetSocketAddress> target) {
		this.address = address;
		this.target = target;
		this.server = listen(0);
		this.port = this.server.getLocalPort();
	}

	public int port() {
		return this.port;
	}

	/**
	 * Ends all connections, wherever they are, and refuses new ones. The port stays
	 * taken, so that no other process gets it meanwhile.
	 */
	public void cut() {
		closeQuietly(this.server);
		reserve();
		this.sockets.forEach(TcpProxy::closeQuietly);
		this.sockets.clear();
	}

	/**
	 * Ends the connections of some clients, and each new one of theirs as soon as it is
	 * made. The connections of all others go on.
	 * @param sources matches the address that such a client connects from; replaces the
	 * one before, and may be slow
	 */
	public void refuse(Predicate<InetSocketAddress> sources) {
		this.refused = sources;
		this.clients.stream().filter(this::isRefused).forEach(TcpProxy::closeQuietly);
	}

	private boolean isRefused(Socket client) {
		return this.refused.test((InetSocketAddress) client.getRemoteSocketAddress());
	}

	/**
	 * @param patience how long a new connection is kept waiting while the server does not
	 * listen, before it ends; zero at first
	 */
	public void awaitServer(Duration patience) {
		this.patience = patience;
	}

	public void restore() {
		closeQuietly(this.reservation);
		this.server = listen(this.port);
	}

	/** A socket that is bound and does not listen: connections to it are refused. */
	private void reserve() {
		closeQuietly(this.reservation);
		this.reservation = new Socket();
		try {
			this.reservation.setReuseAddress(true);
			this.reservation.bind(new InetSocketAddress(this.address, this.port));
		}
		catch (IOException ex) {
			// Some systems refuse it while connections of the port end. It is free then.
		}
	}

	/** Keeps all that is sent, in both directions, until it is released. */
	public void hold() {
		this.held = new CountDownLatch(1);
	}

	public void release() {
		this.held.countDown();
	}

	/** Lets everything arrive later, in its order. */
	public void slowDown(Duration delay) {
		this.delay = delay;
	}

	/**
	 * Loses what is sent in one way, without telling anybody. With both, connections are
	 * half open: they are made and stay, and nothing comes through.
	 */
	public void lose(Set<Way> ways) {
		this.lossy = ways;
	}

	/**
	 * Ends the delay and the loss. A connection that has lost something by then ends, as
	 * one does whose packets were never confirmed.
	 */
	public void heal() {
		this.delay = Duration.ZERO;
		this.lossy = Set.of();
		this.broken.forEach(TcpProxy::closeQuietly);
		this.broken.clear();
	}

	private ServerSocket listen(int port) {
		try {
			ServerSocket socket = new ServerSocket();
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(this.address, port), 1_000);
			inBackground(() -> accept(socket));
			return socket;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept(ServerSocket socket) throws IOException {
		while (true) {
			Socket client = socket.accept();
			this.sockets.add(client);
			this.clients.add(client);
			inBackground(() -> connect(client));
			if (socket.isClosed()) {
				closeQuietly(client);
			}
		}
	}

	/** Where there is no server, the client is told by the end of its connection. */
	private void connect(Socket client) throws IOException {
		try {
			if (isRefused(client)) {
				throw new ConnectException("refused");
			}
			Socket upstream = reach(client);
			this.sockets.add(upstream);
			if (client.isClosed()) {
				closeQuietly(upstream);
			}
			inBackground(() -> copy(client, upstream, Way.THERE));
			inBackground(() -> copy(upstream, client, Way.BACK));
		}
		catch (IOException ex) {
			this.clients.remove(client);
			closeQuietly(client);
			throw ex;
		}
	}

	private Socket reach(Socket client) throws IOException {
		long begin = System.nanoTime();
		while (true) {
			try {
				InetSocketAddress server = this.target.get();
				return new Socket(server.getAddress(), server.getPort());
			}
			catch (SocketException ex) {
				if (client.isClosed() || System.nanoTime() - begin >= this.patience.toNanos()) {
					throw ex;
				}
				pause(BETWEEN_ATTEMPTS);
			}
		}
	}

	private void copy(Socket from, Socket to, Way way) throws IOException {
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			byte[] buffer = new byte[16 * 1024];
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				awaitRelease();
				if (this.lossy.contains(way) || this.broken.contains(from)) {
					this.broken.add(from);
					continue;
				}
				out.write(buffer, 0, read);
				out.flush();
			}
		}
		finally {
			this.sockets.remove(from);
			this.clients.remove(from);
		}
	}

	private void awaitRelease() throws IOException {
		try {
			this.held.await();
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
		pause(this.delay);
	}

	private static void pause(Duration time) throws IOException {
		try {
			TimeUnit.NANOSECONDS.sleep(time.toNanos());
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

	private static void inBackground(IoAction action) {
		Thread thread = new Thread(() -> {
			try {
				action.run();
			}
			catch (IOException ex) {
				// A line that was cut: what this is for.
			}
		}, "tcp-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	private static void closeQuietly(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (Exception ex) {
			// Closed already.
		}
	}

	@Override
	public void close() {
		release();
		heal();
		cut();
		closeQuietly(this.reservation);
	}

	private interface IoAction {

		void run() throws IOException;

	}

}
