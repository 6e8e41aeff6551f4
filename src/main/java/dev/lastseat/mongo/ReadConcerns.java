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
 * A primary that is cut off from the majority goes on for some seconds. It applies writes
 * that an election takes back, and shows them to a {@code local} read. A {@code majority}
 * read shows no such write, but may show an old state, from a primary that is deposed
 * already. Only a {@code linearizable} read shows a state that stays, and the newest one:
 * the server answers it when the majority has confirmed that this member is still the
 * primary. So a read that an answer or a later step rests on is {@code linearizable}, and
 * a read whose result is only shown is {@code majority}.
 * <table>
 * <caption>Read concern by topology</caption>
 * <tr>
 * <th>topology</th>
 * <th>decisive</th>
 * <th>shown</th>
 * </tr>
 * <tr>
 * <td>replica set of several members, sharded cluster</td>
 * <td>linearizable</td>
 * <td>majority</td>
 * </tr>
 * <tr>
 * <td>replica set of one member: no other can become primary</td>
 * <td>majority</td>
 * <td>majority</td>
 * </tr>
 * <tr>
 * <td>standalone, embedded engine: one copy, and linearizable is refused</td>
 * <td>local</td>
 * <td>local</td>
 * </tr>
 * </table>
 * The driver's monitor keeps the topology up to date, so a set may grow while this
 * process runs. While no server is known, the safe concerns are chosen. The time limit of
 * a read is that of every operation; at its end the read fails, and no answer is guessed.
 */
final class ReadConcerns {

	/** For one copy of the data. */
	static final ReadConcerns LOCAL = new ReadConcerns(() -> Topology.STANDALONE);

	private final Supplier<Topology> topology;

	ReadConcerns(Supplier<Topology> topology) {
		this.topology = topology;
	}

	static ReadConcerns of(MongoClient client) {
		return new ReadConcerns(() -> Topology.of(client.getClusterDescription()));
	}

	/**
	 * For a read that an answer or a later step rests on.
	 */
	ReadConcern forDecisions() {
		return switch (this.topology.get()) {
			case STANDALONE -> ReadConcern.LOCAL;
			case SINGLE_MEMBER -> ReadConcern.MAJORITY;
			case SEVERAL_MEMBERS -> ReadConcern.LINEARIZABLE;
		};
	}

	/**
	 * For a read whose result is only shown. It may be a moment old, and is never taken
	 * back.
	 */
	ReadConcern forDisplay() {
		return (this.topology.get() == Topology.STANDALONE) ? ReadConcern.LOCAL : ReadConcern.MAJORITY;
	}

	/** Whether the server is a replica set or a sharded cluster. */
	boolean isReplicated() {
		return this.topology.get() != Topology.STANDALONE;
	}

	/** How many copies of the data there are, and whether elections are held. */
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
		 * What is not known counts as several members.
		 */
		static Topology of(ClusterDescription cluster) {
			return switch (cluster.getType()) {
				case STANDALONE -> STANDALONE;
				case REPLICA_SET -> (members(cluster.getServerDescriptions()) == 1) ? SINGLE_MEMBER : SEVERAL_MEMBERS;
				case SHARDED, LOAD_BALANCED, UNKNOWN -> SEVERAL_MEMBERS;
			};
		}

		/**
		 * As the members report it. A hidden member is not reported; it cannot become
		 * primary.
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
