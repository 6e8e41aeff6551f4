package dev.lastseat.mongo;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.mongodb.ReadConcern;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ServerDescription;
import com.mongodb.reactivestreams.client.MongoClient;

/**
 * Chooses the read concern of a read by its purpose and by the topology of the server.
 * <p>
 * A primary that is cut off from the majority continues for some seconds. It applies
 * writes that an election will roll back, and a {@code local} read returns them. A
 * {@code majority} read never returns such a write, but a deposed primary may answer it
 * with an old state. Only a {@code linearizable} read returns the newest state, and one
 * that is never rolled back: the server answers it after the majority has confirmed that
 * this member is still the primary. So a read is {@code linearizable} if an outcome or a
 * later step depends on it, and {@code majority} if its result is only displayed.
 * <table>
 * <caption>Read concern by topology</caption>
 * <tr>
 * <th>topology</th>
 * <th>for decisions</th>
 * <th>for display</th>
 * </tr>
 * <tr>
 * <td>replica set of several members, sharded cluster</td>
 * <td>linearizable</td>
 * <td>majority</td>
 * </tr>
 * <tr>
 * <td>replica set of one member, so no other can become primary</td>
 * <td>majority</td>
 * <td>majority</td>
 * </tr>
 * <tr>
 * <td>standalone, embedded engine: one copy, and no support for linearizable</td>
 * <td>local</td>
 * <td>local</td>
 * </tr>
 * </table>
 * The driver's monitor keeps the topology up to date, so a replica set may grow while
 * this process runs. While no server is known, the concerns of several members are
 * chosen. A read has the time limit of every operation; after it the read fails.
 */
final class ReadConcerns {

	/** For a server with one copy of the data. */
	static final ReadConcerns LOCAL = new ReadConcerns(() -> Topology.STANDALONE);

	private final Supplier<Topology> topology;

	ReadConcerns(Supplier<Topology> topology) {
		this.topology = topology;
	}

	static ReadConcerns of(MongoClient client) {
		return new ReadConcerns(() -> Topology.of(client.getClusterDescription()));
	}

	/**
	 * For a read that an outcome or a later step depends on.
	 */
	ReadConcern forDecisions() {
		return switch (this.topology.get()) {
			case STANDALONE -> ReadConcern.LOCAL;
			case SINGLE_MEMBER -> ReadConcern.MAJORITY;
			case SEVERAL_MEMBERS -> ReadConcern.LINEARIZABLE;
		};
	}

	/**
	 * For a read whose result is only displayed. It may be slightly old, but it is never
	 * rolled back.
	 */
	ReadConcern forDisplay() {
		return (this.topology.get() == Topology.STANDALONE) ? ReadConcern.LOCAL : ReadConcern.MAJORITY;
	}

	/** Whether the server is a replica set or a sharded cluster. */
	boolean isReplicated() {
		return this.topology.get() != Topology.STANDALONE;
	}

	/** The topologies that need different read concerns. */
	enum Topology {

		/** A standalone server, or the embedded engine. */
		STANDALONE,
		/** A replica set with a single member. */
		SINGLE_MEMBER,
		/**
		 * A replica set with several members, arbiters included, or a sharded cluster.
		 */
		SEVERAL_MEMBERS;

		/**
		 * An unknown topology counts as several members.
		 */
		static Topology of(ClusterDescription cluster) {
			return switch (cluster.getType()) {
				case STANDALONE -> STANDALONE;
				case REPLICA_SET -> (members(cluster.getServerDescriptions()) == 1) ? SINGLE_MEMBER : SEVERAL_MEMBERS;
				case SHARDED, LOAD_BALANCED, UNKNOWN -> SEVERAL_MEMBERS;
			};
		}

		/**
		 * The number of members that the members report. They do not report hidden
		 * members, which cannot become primary.
		 */
		private static int members(List<ServerDescription> servers) {
			Set<String> members = new HashSet<>();
			servers.forEach((server) -> Stream.of(server.getHosts(), server.getPassives(), server.getArbiters())
				.flatMap(Collection::stream)
				.forEach(members::add));
			return members.size();
		}

	}

}
