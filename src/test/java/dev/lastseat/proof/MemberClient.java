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
 * Asks one member of a replica set, whatever its state, for itself.
 */
final class MemberClient implements LocalMember.Identity {

	private static final int SECONDS = 3;

	/** More than each of the times that the driver waits for. */
	private static final Duration DEADLINE = Duration.ofSeconds(10);

	/** Of a replica set waits for the members to see each other. */
	private static final Duration INITIATION = Duration.ofSeconds(60);

	private static final int NOT_YET_INITIALIZED = 94;

	private final MongoClient client;

	MemberClient(InetSocketAddress address) {
		this.client = MongoClients.create(MongoClientSettings.builder()
			.applyToClusterSettings((cluster) -> cluster.hosts(List.of(new ServerAddress(address)))
				.mode(ClusterConnectionMode.SINGLE)
				.serverSelectionTimeout(SECONDS, TimeUnit.SECONDS))
			.applyToSocketSettings((socket) -> socket.connectTimeout(SECONDS, TimeUnit.SECONDS))
			.build());
	}

	Document command(Document command, Duration deadline) {
		return Mono.from(this.client.getDatabase("admin").runCommand(command)).block(deadline);
	}

	private Document command(String command) {
		return command(new Document(command, 1), DEADLINE);
	}

	@Override
	public long pid() {
		return command("serverStatus").get("pid", Number.class).longValue();
	}

	@Override
	public String set() {
		return set(command("getCmdLineOpts"));
	}

	/**
	 * @param options as {@code getCmdLineOpts} answers them
	 */
	static String set(Document options) {
		Document replication = options.get("parsed", new Document()).get("replication", new Document());
		String name = replication.getString("replSet");
		name = (name != null) ? name : replication.getString("replSetName");
		if (name == null) {
			throw new IllegalStateException("A member runs without --replSet: " + options.get("argv"));
		}
		return name.split("/")[0];
	}

	/**
	 * @return its configuration of the replica set; empty when it was never initiated
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
	 * @return empty while it does not answer, or is not a member
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
		command(new Document("replSetInitiate", config), INITIATION);
	}

	/**
	 * Also where there is no primary. Ends connections, maybe before the answer.
	 */
	void reconfigure(Document config) {
		command(new Document("replSetReconfig", config).append("force", true), INITIATION);
	}

	/**
	 * @return the event as this member has it at the moment, also when no other has it so
	 */
	Optional<Document> event(String database, EventId event) {
		return Mono
			.from(this.client.getDatabase(database)
				.withReadConcern(ReadConcern.LOCAL)
				.withReadPreference(ReadPreference.nearest())
				.getCollection("events")
				.find(Filters.eq("_id", new ObjectId(event.value()))))
			.blockOptional(DEADLINE);
	}

	@Override
	public void close() {
		this.client.close();
	}

}
