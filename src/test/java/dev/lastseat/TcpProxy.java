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
 * A TCP proxy that injects network faults between clients and a server, by default on the
 * loopback address. It can close the connections of all clients or of some, hold back or
 * delay bytes, and drop the bytes of one direction or of both.
 */
public final class TcpProxy implements AutoCloseable {

	/** A direction of a connection. */
	public enum Direction {

		/** From the client to the server. */
		TO_SERVER,

		/** From the server to the client. */
		TO_CLIENT

	}

	private static final Duration CONNECT_INTERVAL = Duration.ofMillis(50);

	private final InetAddress address;

	private final Supplier<InetSocketAddress> target;

	private final int port;

	private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final Set<Socket> incomplete = ConcurrentHashMap.newKeySet();

	private volatile ServerSocket server;

	private volatile Socket reservation = new Socket();

	private volatile CountDownLatch released = new CountDownLatch(0);

	private volatile Duration delay = Duration.ZERO;

	private volatile Set<Direction> dropped = Set.of();

	private volatile Predicate<InetSocketAddress> refused = (source) -> false;

	private volatile Duration connectTimeout = Duration.ZERO;

	public TcpProxy(InetSocketAddress target) {
		this(InetAddress.getLoopbackAddress(), () -> target);
	}

	/**
	 * @param address local address of the proxy; the system chooses the port
	 * @param target address of the server, read for each connection, because a server can
	 * have another address after a restart
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
	 * Closes all connections and refuses new ones. The proxy keeps its port reserved, so
	 * that no other process can take it.
	 */
	public void cut() {
		closeQuietly(this.server);
		reserve();
		this.sockets.forEach(TcpProxy::closeQuietly);
		this.sockets.clear();
	}

	/**
	 * Closes the connections of some clients, and each new one right after it is
	 * accepted. The connections of other clients stay open.
	 * @param sources matches the source addresses of these clients; replaces the previous
	 * predicate; may be slow
	 */
	public void refuse(Predicate<InetSocketAddress> sources) {
		this.refused = sources;
		this.clients.stream().filter(this::isRefused).forEach(TcpProxy::closeQuietly);
	}

	private boolean isRefused(Socket client) {
		return this.refused.test((InetSocketAddress) client.getRemoteSocketAddress());
	}

	/**
	 * Sets how long a new connection waits for a server that does not listen, before the
	 * proxy closes it. The default is zero.
	 */
	public void waitForServer(Duration timeout) {
		this.connectTimeout = timeout;
	}

	/** Accepts connections again after {@link #cut}. */
	public void restore() {
		closeQuietly(this.reservation);
		this.server = listen(this.port);
	}

	/**
	 * Binds a socket that does not listen: the system refuses connections to its port.
	 */
	private void reserve() {
		closeQuietly(this.reservation);
		this.reservation = new Socket();
		try {
			this.reservation.setReuseAddress(true);
			this.reservation.bind(new InetSocketAddress(this.address, this.port));
		}
		catch (IOException ex) {
			// Some systems reject this while connections of the port close. The port then
			// stays free.
		}
	}

	/** Holds back all bytes, in both directions, until {@link #release}. */
	public void hold() {
		this.released = new CountDownLatch(1);
	}

	public void release() {
		this.released.countDown();
	}

	/** Delays all bytes, in both directions, and keeps their order. */
	public void delay(Duration delay) {
		this.delay = delay;
	}

	/**
	 * Drops all bytes of these directions; neither side notices. With both directions,
	 * connections are half-open: they can be established and stay open, and carry
	 * nothing.
	 */
	public void drop(Set<Direction> directions) {
		this.dropped = directions;
	}

	/**
	 * Ends the delay and the loss. Closes each connection that has lost bytes, as TCP
	 * does when packets are never acknowledged.
	 */
	public void heal() {
		this.delay = Duration.ZERO;
		this.dropped = Set.of();
		this.incomplete.forEach(TcpProxy::closeQuietly);
		this.incomplete.clear();
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

	/** Closes the connection of the client when no server listens. */
	private void connect(Socket client) throws IOException {
		try {
			if (isRefused(client)) {
				throw new ConnectException("refused");
			}
			Socket upstream = connectToServer(client);
			this.sockets.add(upstream);
			if (client.isClosed()) {
				closeQuietly(upstream);
			}
			inBackground(() -> copy(client, upstream, Direction.TO_SERVER));
			inBackground(() -> copy(upstream, client, Direction.TO_CLIENT));
		}
		catch (IOException ex) {
			this.clients.remove(client);
			closeQuietly(client);
			throw ex;
		}
	}

	private Socket connectToServer(Socket client) throws IOException {
		long begin = System.nanoTime();
		while (true) {
			try {
				InetSocketAddress server = this.target.get();
				return new Socket(server.getAddress(), server.getPort());
			}
			catch (SocketException ex) {
				if (client.isClosed() || System.nanoTime() - begin >= this.connectTimeout.toNanos()) {
					throw ex;
				}
				pause(CONNECT_INTERVAL);
			}
		}
	}

	private void copy(Socket from, Socket to, Direction direction) throws IOException {
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			byte[] buffer = new byte[16 * 1024];
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				awaitRelease();
				if (this.dropped.contains(direction) || this.incomplete.contains(from)) {
					this.incomplete.add(from);
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
			this.released.await();
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
				// A connection was closed, which is the purpose of the proxy.
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
