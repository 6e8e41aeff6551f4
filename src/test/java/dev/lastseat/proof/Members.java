package dev.lastseat.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;

/**
 * The members of the replica set for the election tests: the processes that the
 * environment names, otherwise containers.
 *
 * @param proxyAddress address of this machine that the members can reach; the proxies
 * between them listen there
 */
record Members(List<Member> list, InetAddress proxyAddress) {

	static final String ADDRESSES = "LASTSEAT_TEST_MONGODB_MEMBERS";

	static final int NUMBER = 3;

	/** Condition for {@code EnabledIf}: whether this machine has a replica set. */
	static final String AVAILABLE = "dev.lastseat.proof.Members#areAvailable";

	static final String UNAVAILABLE_REASON = "needs Docker, or three mongod processes on this machine with --replSet, "
			+ "named by " + ADDRESSES + "=host:port,host:port,host:port";

	private static final String EXPECTED = ADDRESSES + " must name three mongod processes of this machine "
			+ "as host:port, separated by commas, but is: ";

	static boolean areAvailable() {
		return isConfigured() || DockerClientFactory.instance().isDockerAvailable();
	}

	private static boolean isConfigured() {
		return System.getenv(ADDRESSES) != null;
	}

	static Members start() {
		return isConfigured() ? localMembers(parse(System.getenv(ADDRESSES))) : containerMembers();
	}

	/**
	 * @return the three addresses
	 */
	static List<InetSocketAddress> parse(String addresses) {
		List<InetSocketAddress> parsed = new ArrayList<>();
		for (String address : addresses.split(",", -1)) {
			String host = address.strip().replaceFirst(":\\d{1,5}$", "");
			String port = address.strip().substring(host.length()).replaceFirst("^:", "");
			if (host.isEmpty() || host.contains("/") || port.isEmpty() || Integer.parseInt(port) > 0xFFFF) {
				throw new IllegalArgumentException(EXPECTED + addresses);
			}
			parsed.add(new InetSocketAddress(host, Integer.parseInt(port)));
		}
		if (parsed.size() != NUMBER || new HashSet<>(parsed).size() != NUMBER) {
			throw new IllegalArgumentException(EXPECTED + addresses);
		}
		return parsed;
	}

	private static Members localMembers(List<InetSocketAddress> addresses) {
		List<Member> members = new ArrayList<>();
		for (InetSocketAddress address : addresses) {
			members.add(new LocalMember(address, new MemberClient(address)));
		}
		return new Members(members, InetAddress.getLoopbackAddress());
	}

	private static Members containerMembers() {
		List<Member> members = new ArrayList<>();
		try {
			ContainerMember first = new ContainerMember();
			members.add(first);
			InetAddress gateway = first.gateway();
			Assumptions.assumeTrue(isOfThisMachine(gateway), () -> "Docker runs on another machine: its gateway "
					+ gateway + " is not an address of this machine. Name members by " + ADDRESSES);
			while (members.size() < NUMBER) {
				members.add(new ContainerMember());
			}
			return new Members(members, gateway);
		}
		catch (RuntimeException | Error ex) {
			members.forEach(Member::close);
			throw ex;
		}
	}

	private static boolean isOfThisMachine(InetAddress address) {
		try {
			return NetworkInterface.getByInetAddress(address) != null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
