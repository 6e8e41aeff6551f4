package dev.lastseat.proof;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.mongodb.MongoException;
import dev.lastseat.TcpProxy;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A replica set of three members, numbered from 0. Members and clients connect to each
 * member through a proxy. A test can cut a member off from the other members while
 * clients still reach it.
 */
final class ReplicaSet implements AutoCloseable {

	/** An election takes about 10 s, a rollback a few seconds more. */
	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	/** A member that starts connects to its own address, before it listens. */
	private static final Duration START_TIMEOUT = Duration.ofSeconds(20);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

	private final List<Member> members;

	private final List<TcpProxy> proxies = new ArrayList<>();

	private final List<MemberClient> clients = new ArrayList<>();

	private final List<String> hosts;

	private final String name;

	private @Nullable Document originalConfig;

	ReplicaSet(Members members) {
		this.members = members.list();
		try {
			for (Member member : this.members) {
				TcpProxy proxy = new TcpProxy(members.proxyAddress(), member::address);
				this.proxies.add(proxy);
				this.clients.add(new MemberClient(new InetSocketAddress(members.proxyAddress(), proxy.port())));
			}
			this.hosts = this.proxies.stream()
				.map((proxy) -> members.proxyAddress().getHostAddress() + ":" + proxy.port())
				.toList();
			List<String> names = this.members.stream().map(Member::replicaSet).distinct().toList();
			require(names.size() == 1, "the members belong to different replica sets: " + names);
			this.name = names.get(0);
			configure();
		}
		catch (RuntimeException | Error ex) {
			close();
			throw ex;
		}
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalStateException(message);
		}
	}

	private void configure() {
		List<Document> configs = this.clients.stream().map(MemberClient::config).flatMap(Optional::stream).toList();
		if (configs.isEmpty()) {
			this.clients.get(0).initiate(ReplicaSetConfig.initial(this.name, this.hosts));
			this.originalConfig = ReplicaSetConfig.initial(this.name,
					this.members.stream().map((member) -> host(member.address())).toList());
		}
		else {
			require(configs.size() == this.members.size(), "some members are initiated and some are not");
			Document config = configs.get(0);
			reconfigure(ReplicaSetConfig.withHosts(config, byId(this.hosts)));
			this.originalConfig = config;
		}
		awaitHosts(this.hosts);
		awaitHealthy();
	}

	private void awaitHosts(List<String> hosts) {
		Awaitility.await()
			.alias("all members have a configuration with " + hosts)
			.atMost(TIMEOUT)
			.pollInterval(POLL_INTERVAL)
			.ignoreExceptionsInstanceOf(MongoException.class)
			.until(() -> this.clients.stream()
				.allMatch((client) -> client.config()
					.filter((config) -> ReplicaSetConfig.hosts(config).containsAll(hosts))
					.isPresent()));
	}

	private static String host(InetSocketAddress address) {
		return address.getHostString() + ":" + address.getPort();
	}

	private Map<Integer, String> byId(List<String> hosts) {
		Map<Integer, MemberStatus> statuses = statuses();
		require(statuses.size() == hosts.size(), "some members do not report their id: " + statuses);
		return IntStream.range(0, hosts.size())
			.boxed()
			.collect(Collectors.toMap((member) -> statuses.get(member).id(), hosts::get));
	}

	/**
	 * Ignores a missing answer, because the server closes connections. The caller waits
	 * for the new configuration.
	 */
	private void reconfigure(Document config) {
		int primary = MemberStatus.primary(statuses()).orElse(0);
		try {
			this.clients.get(primary).reconfigure(config);
		}
		catch (MongoException ex) {
			System.out.println("No answer to replSetReconfig: " + ex.getMessage());
		}
	}

	private Map<Integer, MemberStatus> statuses() {
		return others(-1);
	}

	/** The statuses of all members that answer, except the given member. */
	private Map<Integer, MemberStatus> others(int excluded) {
		Map<Integer, MemberStatus> statuses = new HashMap<>();
		for (int member = 0; member < this.clients.size(); member++) {
			Optional<MemberStatus> status = (member != excluded) ? this.clients.get(member).status() : Optional.empty();
			if (status.isPresent()) {
				statuses.put(member, status.get());
			}
		}
		return statuses;
	}

	/**
	 * @return the connection string for clients, which reach every member, including one
	 * that is cut off
	 */
	String uri(String database) {
		return "mongodb://" + String.join(",", this.hosts) + "/" + database + "?replicaSet=" + this.name;
	}

	MemberClient member(int number) {
		return this.clients.get(number);
	}

	/**
	 * Waits until all members see each other and one is the primary.
	 * @return the number of the primary
	 */
	int awaitHealthy() {
		Map<Integer, MemberStatus> healthy = Awaitility.await()
			.alias("all members see each other, and one is the primary")
			.atMost(TIMEOUT)
			.pollInterval(POLL_INTERVAL)
			.until(this::statuses, (statuses) -> MemberStatus.isHealthy(statuses, this.members.size()));
		return MemberStatus.primary(healthy).orElseThrow();
	}

	/**
	 * Waits until the other members have elected a primary.
	 * @param previousTerm the term before the election
	 */
	void awaitElectionWithout(int member, long previousTerm) {
		Awaitility.await()
			.alias("an election without member " + member)
			.atMost(TIMEOUT)
			.pollInterval(POLL_INTERVAL)
			.until(() -> others(member),
					(others) -> others.values()
						.stream()
						.anyMatch((status) -> status.primary() && status.term() > previousTerm));
	}

	/**
	 * @return the latest term that the other members know; it grows when they elect a
	 * primary
	 */
	long termWithout(int member) {
		return MemberStatus.term(Awaitility.await()
			.alias("an answer of all members but " + member)
			.atMost(TIMEOUT)
			.pollInterval(POLL_INTERVAL)
			.pollDelay(Duration.ZERO)
			.until(() -> others(member), (others) -> others.size() == this.members.size() - 1));
	}

	/**
	 * Closes all connections between this member and the other members, in both
	 * directions, and refuses new ones. Connections of clients stay open.
	 */
	void cutOff(int cut) {
		for (int target = 0; target < this.proxies.size(); target++) {
			this.proxies.get(target).refuse(acrossThePartition(cut, target));
		}
	}

	/**
	 * Does not match connections of a member to itself: with one it finds out its own id.
	 */
	private Predicate<InetSocketAddress> acrossThePartition(int cut, int target) {
		int port = this.proxies.get(target).port();
		List<Member> refused = (target != cut) ? List.of(this.members.get(cut))
				: this.members.stream().filter((member) -> member != this.members.get(cut)).toList();
		return (source) -> refused.stream().anyMatch((member) -> member.isSourceOf(source, port));
	}

	void pause(int member) {
		this.members.get(member).pause();
	}

	void kill(int member) {
		this.proxies.get(member).waitForServer(Duration.ZERO);
		this.members.get(member).kill();
	}

	/** Ends all faults. Does nothing when there is none. */
	void heal() {
		this.proxies.forEach((proxy) -> proxy.refuse((source) -> false));
		this.proxies.forEach((proxy) -> proxy.waitForServer(START_TIMEOUT));
		this.members.forEach(Member::restore);
	}

	/** Gives external members their original configuration again. */
	private void restoreConfig(Document config) {
		heal();
		awaitHealthy();
		Document current = this.clients.get(0).config().orElseThrow();
		reconfigure(ReplicaSetConfig.withHosts(current, ReplicaSetConfig.hostsById(config)));
		awaitHosts(ReplicaSetConfig.hosts(config));
	}

	@Override
	public void close() {
		try {
			if (this.originalConfig != null && this.members.stream().allMatch(Member::isExternal)) {
				restoreConfig(this.originalConfig);
			}
		}
		finally {
			this.members.forEach(Member::close);
			this.clients.forEach(MemberClient::close);
			this.proxies.forEach(TcpProxy::close);
		}
	}

}
