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
 * Chooses the members of the replica set that the tests of elections run on: the
 * processes that the environment names, else containers.
 *
 * @param reachable address of this machine that the members reach, where the connections
 * between them can be intercepted
 */
record Members(List<Member> list, InetAddress reachable) {

	static final String ADDRESSES = "LASTSEAT_TEST_MONGODB_MEMBERS";

	static final int NUMBER = 3;

	/** Whether there are any here, for {@code EnabledIf}. */
	static final String ARE_THERE = "dev.lastseat.proof.Members#areThere";

	static final String NONE = "no replica set to hold elections in: start three mongod on this machine with --replSet, "
			+ "name them by " + ADDRESSES + "=host:port,host:port,host:port, or start Docker";

	private static final String FORM = ADDRESSES + " must name three mongod processes of this machine, each host:port, "
			+ "with commas between them; it is: ";

	static boolean areThere() {
		return isNamed() || DockerClientFactory.instance().isDockerAvailable();
	}

	private static boolean isNamed() {
		return System.getenv(ADDRESSES) != null;
	}

	static Members start() {
		return isNamed() ? named(parse(System.getenv(ADDRESSES))) : inContainers();
	}

	/**
	 * @return where each of the three listens
	 */
	static List<InetSocketAddress> parse(String addresses) {
		List<InetSocketAddress> parsed = new ArrayList<>();
		for (String address : addresses.split(",", -1)) {
			String host = address.strip().replaceFirst(":\\d{1,5}$", "");
			String port = address.strip().substring(host.length()).replaceFirst("^:", "");
			if (host.isEmpty() || host.contains("/") || port.isEmpty() || Integer.parseInt(port) > 0xFFFF) {
				throw new IllegalArgumentException(FORM + addresses);
			}
			parsed.add(new InetSocketAddress(host, Integer.parseInt(port)));
		}
		if (parsed.size() != NUMBER || new HashSet<>(parsed).size() != NUMBER) {
			throw new IllegalArgumentException(FORM + addresses);
		}
		return parsed;
	}

	private static Members named(List<InetSocketAddress> addresses) {
		List<Member> members = new ArrayList<>();
		for (InetSocketAddress address : addresses) {
			members.add(new LocalMember(address, new MemberClient(address)));
		}
		return new Members(members, InetAddress.getLoopbackAddress());
	}

	private static Members inContainers() {
		List<Member> members = new ArrayList<>();
		try {
			ContainerMember first = new ContainerMember();
			members.add(first);
			InetAddress gateway = first.gateway();
			Assumptions.assumeTrue(isOfThisMachine(gateway),
					() -> "Docker runs in another machine: " + gateway
							+ ", through which its containers reach this one, is no address here. Name members by "
							+ ADDRESSES);
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
