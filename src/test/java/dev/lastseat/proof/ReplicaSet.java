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
 * A replica set of three members. They know each other by addresses of proxies, and so do
 * the clients: a member can be cut off from the other members, and still be reached by
 * clients. Members have numbers from 0.
 */
final class ReplicaSet implements AutoCloseable {

	/** An election takes some 10 seconds, a rollback a few more. */
	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	/** A member asks itself for its name when it starts, before it listens. */
	private static final Duration STARTING = Duration.ofSeconds(20);

	private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

	private final List<Member> members;

	private final List<TcpProxy> proxies = new ArrayList<>();

	private final List<MemberClient> mongods = new ArrayList<>();

	private final List<String> hosts;

	private final String name;

	private @Nullable Document before;

	ReplicaSet(Members members) {
		this.members = members.list();
		try {
			for (Member member : this.members) {
				TcpProxy proxy = new TcpProxy(members.reachable(), member::address);
				this.proxies.add(proxy);
				this.mongods.add(new MemberClient(new InetSocketAddress(members.reachable(), proxy.port())));
			}
			this.hosts = this.proxies.stream()
				.map((proxy) -> members.reachable().getHostAddress() + ":" + proxy.port())
				.toList();
			List<String> names = this.members.stream().map(Member::set).distinct().toList();
			require(names.size() == 1, "The members are started for different replica sets: " + names);
			this.name = names.get(0);
			configure();
		}
		catch (RuntimeException | Error ex) {
			close();
			throw ex;
		}
	}

	private static void require(boolean condition, String otherwise) {
		if (!condition) {
			throw new IllegalStateException(otherwise);
		}
	}

	private void configure() {
		List<Document> configs = this.mongods.stream().map(MemberClient::config).flatMap(Optional::stream).toList();
		if (configs.isEmpty()) {
			this.mongods.get(0).initiate(ReplicaSetConfig.initial(this.name, this.hosts));
			this.before = ReplicaSetConfig.initial(this.name,
					this.members.stream().map((member) -> host(member.address())).toList());
		}
		else {
			require(configs.size() == this.members.size(), "Some members are initiated, and some are not");
			Document config = configs.get(0);
			reconfigure(ReplicaSetConfig.withHosts(config, byId(this.hosts)));
			this.before = config;
		}
		awaitHosts(this.hosts);
		awaitHealthy();
	}

	private void awaitHosts(List<String> hosts) {
		Awaitility.await()
			.alias("all members take the configuration with " + hosts)
			.atMost(TIMEOUT)
			.pollInterval(BETWEEN_LOOKS)
			.ignoreExceptionsInstanceOf(MongoException.class)
			.until(() -> this.mongods.stream()
				.allMatch((mongod) -> mongod.config()
					.filter((config) -> ReplicaSetConfig.hosts(config).containsAll(hosts))
					.isPresent()));
	}

	private static String host(InetSocketAddress address) {
		return address.getHostString() + ":" + address.getPort();
	}

	private Map<Integer, String> byId(List<String> hosts) {
		Map<Integer, MemberStatus> statuses = statuses();
		require(statuses.size() == hosts.size(), "Not all members know which member of the set they are: " + statuses);
		return IntStream.range(0, hosts.size())
			.boxed()
			.collect(Collectors.toMap((member) -> statuses.get(member).id(), hosts::get));
	}

	/**
	 * The answer can get lost, since connections end. What counts is what is there then.
	 */
	private void reconfigure(Document config) {
		int primary = MemberStatus.primary(statuses()).orElse(0);
		try {
			this.mongods.get(primary).reconfigure(config);
		}
		catch (MongoException ex) {
			System.out.println("Reconfiguration: " + ex.getMessage());
		}
	}

	private Map<Integer, MemberStatus> statuses() {
		return others(-1);
	}

	/** Of those that answer, without the given one, that may not. */
	private Map<Integer, MemberStatus> others(int without) {
		Map<Integer, MemberStatus> statuses = new HashMap<>();
		for (int member = 0; member < this.mongods.size(); member++) {
			Optional<MemberStatus> status = (member != without) ? this.mongods.get(member).status() : Optional.empty();
			if (status.isPresent()) {
				statuses.put(member, status.get());
			}
		}
		return statuses;
	}

	/**
	 * @return for clients, who reach every member, also one that is cut off
	 */
	String uri(String database) {
		return "mongodb://" + String.join(",", this.hosts) + "/" + database + "?replicaSet=" + this.name;
	}

	MemberClient member(int number) {
		return this.mongods.get(number);
	}

	/**
	 * @return the number of the primary, once all members see each other
	 */
	int awaitHealthy() {
		Map<Integer, MemberStatus> healthy = Awaitility.await()
			.alias("all members see each other, and one is the primary")
			.atMost(TIMEOUT)
			.pollInterval(BETWEEN_LOOKS)
			.until(this::statuses, (statuses) -> MemberStatus.isHealthy(statuses, this.members.size()));
		return MemberStatus.primary(healthy).orElseThrow();
	}

	/**
	 * Waits until the others have elected a primary.
	 * @param since the term before
	 */
	void awaitElectionWithout(int member, long since) {
		Awaitility.await()
			.alias("an election without member " + member)
			.atMost(TIMEOUT)
			.pollInterval(BETWEEN_LOOKS)
			.until(() -> others(member),
					(others) -> others.values()
						.stream()
						.anyMatch((status) -> status.primary() && status.term() > since));
	}

	/**
	 * @return the latest term that the others know: while it stays, they have elected no
	 * primary
	 */
	long termWithout(int member) {
		return MemberStatus.term(Awaitility.await()
			.alias("an answer of all members but " + member)
			.atMost(TIMEOUT)
			.pollInterval(BETWEEN_LOOKS)
			.pollDelay(Duration.ZERO)
			.until(() -> others(member), (others) -> others.size() == this.members.size() - 1));
	}

	/**
	 * Ends all connections between this member and the other members, in both directions,
	 * and refuses new ones. Those of clients go on.
	 */
	void cutOff(int cut) {
		for (int target = 0; target < this.proxies.size(); target++) {
			this.proxies.get(target).refuse(acrossTheCut(cut, target));
		}
	}

	/** A member connects to itself as well, to find out which one it is. */
	private Predicate<InetSocketAddress> acrossTheCut(int cut, int target) {
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

	/** Ends every fault. Does nothing when there is none. */
	void heal() {
		this.proxies.forEach((proxy) -> proxy.refuse((source) -> false));
		this.proxies.forEach((proxy) -> proxy.waitForServer(STARTING));
		this.members.forEach(Member::restore);
	}

	/** Members that outlive the tests know each other by their addresses of before. */
	private void putBack(Document config) {
		heal();
		awaitHealthy();
		Document present = this.mongods.get(0).config().orElseThrow();
		reconfigure(ReplicaSetConfig.withHosts(present, ReplicaSetConfig.hostsById(config)));
		awaitHosts(ReplicaSetConfig.hosts(config));
	}

	@Override
	public void close() {
		try {
			if (this.before != null && this.members.stream().allMatch(Member::outlivesTheTests)) {
				putBack(this.before);
			}
		}
		finally {
			this.members.forEach(Member::close);
			this.mongods.forEach(MemberClient::close);
			this.proxies.forEach(TcpProxy::close);
		}
	}

}
