package dev.lastseat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stands between a client and a server on loopback, and can cut the line, hold back or
 * slow down what is on it, or lose what goes one way or both.
 */
public final class TcpProxy implements AutoCloseable {

	/** A way that bytes go. */
	public enum Way {

		/** From the client to the server. */
		THERE,

		/** From the server to the client. */
		BACK

	}

	private final InetSocketAddress target;

	private final int port;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final Set<Socket> broken = ConcurrentHashMap.newKeySet();

	private volatile ServerSocket server;

	private volatile Socket reservation = new Socket();

	private volatile CountDownLatch held = new CountDownLatch(0);

	private volatile Duration delay = Duration.ZERO;

	private volatile Set<Way> lossy = Set.of();

	public TcpProxy(InetSocketAddress target) {
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
			this.reservation.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
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
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
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
			inBackground(() -> connect(client));
			if (socket.isClosed()) {
				closeQuietly(client);
			}
		}
	}

	/** Where there is no server, the client is told by the end of its connection. */
	private void connect(Socket client) throws IOException {
		try {
			Socket upstream = new Socket(this.target.getAddress(), this.target.getPort());
			this.sockets.add(upstream);
			if (client.isClosed()) {
				closeQuietly(upstream);
			}
			inBackground(() -> copy(client, upstream, Way.THERE));
			inBackground(() -> copy(upstream, client, Way.BACK));
		}
		catch (IOException ex) {
			closeQuietly(client);
			throw ex;
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
	}

	private void awaitRelease() throws IOException {
		try {
			this.held.await();
			TimeUnit.NANOSECONDS.sleep(this.delay.toNanos());
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
