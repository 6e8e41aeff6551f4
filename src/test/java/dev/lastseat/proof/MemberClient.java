package dev.lastseat.proof;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.ServerAddress;
import com.mongodb.client.model.Filters;
import com.mongodb.connection.ClusterConnectionMode;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.lastseat.booking.EventId;
import org.bson.Document;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

/**
 * A client of one member of a replica set, connected to it directly whatever its state.
 */
final class MemberClient implements LocalMember.Identity {

	private static final int CONNECT_SECONDS = 3;

	/** Longer than each time limit of the driver. */
	private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);

	/** For commands that wait until the members see each other. */
	private static final Duration CONFIG_TIMEOUT = Duration.ofSeconds(60);

	private static final int NOT_YET_INITIALIZED = 94;

	private final MongoClient client;

	MemberClient(InetSocketAddress address) {
		this.client = MongoClients.create(MongoClientSettings.builder()
			.applyToClusterSettings((cluster) -> cluster.hosts(List.of(new ServerAddress(address)))
				.mode(ClusterConnectionMode.SINGLE)
				.serverSelectionTimeout(CONNECT_SECONDS, TimeUnit.SECONDS))
			.applyToSocketSettings((socket) -> socket.connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS))
			.build());
	}

	Document command(Document command, Duration timeout) {
		return Mono.from(this.client.getDatabase("admin").runCommand(command)).block(timeout);
	}

	private Document command(String command) {
		return command(new Document(command, 1), COMMAND_TIMEOUT);
	}

	@Override
	public long pid() {
		return command("serverStatus").get("pid", Number.class).longValue();
	}

	@Override
	public String replicaSet() {
		return replicaSet(command("getCmdLineOpts"));
	}

	/**
	 * @param options answer of {@code getCmdLineOpts}
	 */
	static String replicaSet(Document options) {
		Document replication = options.get("parsed", new Document()).get("replication", new Document());
		String name = replication.getString("replSet");
		name = (name != null) ? name : replication.getString("replSetName");
		if (name == null) {
			throw new IllegalStateException("the member was started without --replSet: " + options.get("argv"));
		}
		return name.split("/")[0];
	}

	/**
	 * @return the configuration of its replica set; empty when the set is not initiated
	 */
	Optional<Document> config() {
		try {
			return Optional.of(command("replSetGetConfig").get("config", Document.class));
		}
		catch (MongoCommandException ex) {
			if (ex.getErrorCode() == NOT_YET_INITIALIZED) {
				return Optional.empty();
			}
			throw ex;
		}
	}

	/**
	 * @return empty when the server does not answer or is not a member
	 */
	Optional<MemberStatus> status() {
		try {
			return Optional.of(MemberStatus.of(command("replSetGetStatus")));
		}
		catch (MongoException | IllegalStateException ex) {
			return Optional.empty();
		}
	}

	void initiate(Document config) {
		command(new Document("replSetInitiate", config), CONFIG_TIMEOUT);
	}

	/**
	 * Changes the configuration, even without a primary. The server closes connections,
	 * possibly before it answers.
	 */
	void reconfigure(Document config) {
		command(new Document("replSetReconfig", config).append("force", true), CONFIG_TIMEOUT);
	}

	/**
	 * @return the event with read concern {@code local}: the state of this member, even
	 * if no other member has it
	 */
	Optional<Document> event(String database, EventId event) {
		return Mono
			.from(this.client.getDatabase(database)
				.withReadConcern(ReadConcern.LOCAL)
				.withReadPreference(ReadPreference.nearest())
				.getCollection("events")
				.find(Filters.eq("_id", new ObjectId(event.value()))))
			.blockOptional(COMMAND_TIMEOUT);
	}

	@Override
	public void close() {
		this.client.close();
	}

}
