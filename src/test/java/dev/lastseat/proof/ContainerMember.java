package dev.lastseat.proof;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ContainerNetwork;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * A mongod in its own container. Clients reach it at the address of the container in the
 * bridge network of Docker, which can change with a restart.
 */
final class ContainerMember implements Member {

	private static final String REPLICA_SET = "lastseat";

	private static final int PORT = 27017;

	private final GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse("mongo:8"))
		.withCommand("mongod", "--replSet", REPLICA_SET, "--bind_ip_all", "--wiredTigerCacheSizeGB", "0.25")
		.withExposedPorts(PORT)
		.waitingFor(Wait.forLogMessage("(?i).*waiting for connections.*", 1));

	/** The last known address; valid only while the container runs. */
	private volatile InetAddress ip = InetAddress.getLoopbackAddress();

	private boolean paused;

	private boolean killed;

	ContainerMember() {
		this.container.start();
		this.ip = ip();
	}

	/**
	 * @return the address of this machine in the bridge network
	 */
	InetAddress gateway() {
		return address(network().getGateway());
	}

	@Override
	public InetSocketAddress address() {
		return new InetSocketAddress(ip(), PORT);
	}

	@Override
	public String replicaSet() {
		return REPLICA_SET;
	}

	@Override
	public boolean isSourceOf(InetSocketAddress source, int port) {
		return source.getAddress().equals(ip());
	}

	private InetAddress ip() {
		String current = network().getIpAddress();
		if (current != null && !current.isEmpty()) {
			this.ip = address(current);
		}
		return this.ip;
	}

	private ContainerNetwork network() {
		return docker().inspectContainerCmd(this.container.getContainerId())
			.exec()
			.getNetworkSettings()
			.getNetworks()
			.values()
			.iterator()
			.next();
	}

	private static InetAddress address(String ip) {
		try {
			return InetAddress.getByName(ip);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private DockerClient docker() {
		return this.container.getDockerClient();
	}

	@Override
	public void pause() {
		docker().pauseContainerCmd(this.container.getContainerId()).exec();
		this.paused = true;
	}

	@Override
	public void kill() {
		docker().killContainerCmd(this.container.getContainerId()).exec();
		this.killed = true;
	}

	@Override
	public void restore() {
		if (this.paused) {
			docker().unpauseContainerCmd(this.container.getContainerId()).exec();
			this.paused = false;
		}
		if (this.killed) {
			docker().startContainerCmd(this.container.getContainerId()).exec();
			this.killed = false;
		}
	}

	@Override
	public boolean isExternal() {
		return false;
	}

	@Override
	public void close() {
		this.container.stop();
	}

}
