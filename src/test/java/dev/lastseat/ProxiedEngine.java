package dev.lastseat;

import java.net.InetSocketAddress;
import java.net.URI;

import dev.lastseat.embedded.TestEngine;

/**
 * An embedded engine that clients reach through a {@link TcpProxy}.
 */
public final class ProxiedEngine implements AutoCloseable {

	private final TestEngine engine = new TestEngine();

	private final TcpProxy proxy = new TcpProxy(
			new InetSocketAddress("127.0.0.1", URI.create(this.engine.connectionString()).getPort()));

	/**
	 * @return the connection string of the proxy
	 */
	public String connectionString() {
		return "mongodb://127.0.0.1:" + this.proxy.port();
	}

	public TcpProxy proxy() {
		return this.proxy;
	}

	@Override
	public void close() {
		this.proxy.close();
		this.engine.close();
	}

}
