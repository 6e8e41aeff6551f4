package dev.lastseat.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.List;

import org.testcontainers.mongodb.MongoDBContainer;

/**
 * MongoDB in a container, as a replica set with one member.
 */
final class MongoDb implements Database {

	private final int port = freePort();

	private final MongoDBContainer container = new MongoDBContainer("mongo:8").withReplicaSet();

	MongoDb() {
		// A port that Docker chooses would change with a restart.
		this.container.setPortBindings(List.of(this.port + ":27017"));
		this.container.start();
	}

	static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String name() {
		return "MongoDB";
	}

	@Override
	public String host() {
		return this.container.getHost();
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public boolean supportsRetryableWrites() {
		return true;
	}

	@Override
	public void kill() {
		this.container.getDockerClient().killContainerCmd(this.container.getContainerId()).exec();
	}

	@Override
	public void restart() {
		this.container.getDockerClient().startContainerCmd(this.container.getContainerId()).exec();
	}

	@Override
	public void close() {
		this.container.stop();
	}

}
