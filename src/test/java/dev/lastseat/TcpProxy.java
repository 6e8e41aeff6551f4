package dev.lastseat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Stands between a client and a server on loopback, and can cut the line or hold back
 * what is on it.
 */
public final class TcpProxy implements AutoCloseable {

	private final InetSocketAddress target;

	private final int port;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private volatile ServerSocket server;

	private volatile CountDownLatch held = new CountDownLatch(0);

	public TcpProxy(InetSocketAddress target) {
		this.target = target;
		this.server = listen(0);
		this.port = this.server.getLocalPort();
	}

	public int port() {
		return this.port;
	}

	/** Ends all connections, wherever they are, and refuses new ones. */
	public void cut() {
		closeQuietly(this.server);
		this.sockets.forEach(TcpProxy::closeQuietly);
		this.sockets.clear();
	}

	public void restore() {
		this.server = listen(this.port);
	}

	/** Keeps all that is sent, in both directions, until it is released. */
	public void hold() {
		this.held = new CountDownLatch(1);
	}

	public void release() {
		this.held.countDown();
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
			Socket upstream = new Socket(this.target.getAddress(), this.target.getPort());
			this.sockets.add(client);
			this.sockets.add(upstream);
			if (socket.isClosed()) {
				cut();
			}
			inBackground(() -> copy(client, upstream));
			inBackground(() -> copy(upstream, client));
		}
	}

	private void copy(Socket from, Socket to) throws IOException {
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			byte[] buffer = new byte[16 * 1024];
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				awaitRelease();
				out.write(buffer, 0, read);
				out.flush();
			}
		}
	}

	private void awaitRelease() throws IOException {
		try {
			this.held.await();
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
		cut();
	}

	private interface IoAction {

		void run() throws IOException;

	}

}
