package dev.lastseat.mongo;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.ServerAddress;
import com.mongodb.connection.ClusterConnectionMode;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ClusterType;
import com.mongodb.connection.ServerConnectionState;
import com.mongodb.connection.ServerDescription;
import com.mongodb.connection.ServerType;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventQuery;
import dev.lastseat.booking.Requests;
import dev.lastseat.booking.StorageMonitor;
import dev.lastseat.booking.UserId;
import dev.lastseat.embedded.TestEngine;
import dev.lastseat.mongo.ReadConcerns.Topology;
import dev.lastseat.mongo.segments.SegmentAccess;
import dev.lastseat.mongo.segments.SegmentMaintenance;
import dev.lastseat.mongo.segments.SegmentSize;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ReadConcernsTest {

	private static final SegmentSize TWO = new SegmentSize(2);

	private final TestEngine engine = new TestEngine();

	private final RecordedCommands commands = new RecordedCommands();

	private final MongoClient client = MongoClients.create(MongoClientSettings.builder()
		.applyConnectionString(new ConnectionString(this.engine.connectionString()))
		.addCommandListener(this.commands)
		.build());

	private final MongoDatabase database = this.client.getDatabase("test");

	private Topology topology = Topology.SEVERAL_MEMBERS;

	private final MongoCollections collections = MongoCollections.of(this.database,
			new ReadConcerns(() -> this.topology));

	/** The segments are large, so there is no maintenance in the background. */
	private final SegmentMaintenance maintenance = new SegmentMaintenance(this.collections, SegmentSize.DEFAULT);

	private final MongoEventRepository repository = new MongoEventRepository(this.collections, this.maintenance,
			StorageMonitor.NONE, Clock.systemUTC(), SaleSettings.DEFAULT);

	private EventId event;

	@BeforeEach
	void sealSomeRegistrations() {
		this.event = this.repository.create(new EventDraft("Gala", null, Instant.EPOCH, null, 5), Instant.EPOCH)
			.block()
			.id();
		for (int number = 0; number < 5; number++) {
			this.repository.book(this.event, user(number)).block();
		}
		seal();
		this.commands.clear();
	}

	private void seal() {
		SegmentAccess.maintain(this.collections, TWO, this.maintenance, new ObjectId(this.event.value())).block();
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.engine.close();
	}

	private static UserId user(int number) {
		return new UserId("user-" + number);
	}

	private record Call(String name, Function<ReadConcernsTest, Publisher<?>> call) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	static Stream<Call> callsForDecisions() {
		return Stream.of(new Call("booking of a sold-out event", (test) -> test.repository.book(test.event, user(8))),
				new Call("booking of a sealed user", (test) -> test.repository.book(test.event, user(0))),
				new Call("look-up of a registration", (test) -> test.repository.isRegistered(test.event, user(0))),
				new Call("release of a sealed registration", (test) -> test.repository.release(test.event, user(0))),
				new Call("release without a registration", (test) -> test.repository.release(test.event, user(9))),
				new Call("refused change", (test) -> test.repository.change(test.event, EventChange.ofCapacity(1))),
				new Call("refused deletion", (test) -> test.repository.delete(test.event)),
				new Call("creation with an id that is taken",
						(test) -> test.repository.create(test.event,
								new EventDraft("Gala", null, Instant.EPOCH, null, 5), Instant.EPOCH)),
				new Call("load of a filter of sealed users",
						(test) -> SegmentAccess.loadFilter(test.maintenance, new ObjectId(test.event.value()))),
				new Call("latest state of an event", (test) -> test.repository.findLatest(test.event)),
				new Call("ledger", (test) -> test.repository.ledger(test.event)));
	}

	@ParameterizedTest
	@MethodSource("callsForDecisions")
	void readsLinearizablyForDecisions(Call call) {
		Flux.from(call.call().apply(this)).blockLast();

		assertThat(reads()).isNotEmpty().containsOnly("linearizable");
	}

	static Stream<Call> callsForDisplay() {
		return Stream.of(new Call("event", (test) -> test.repository.find(test.event)),
				new Call("list of events", (test) -> test.repository.list(new EventQuery(null, null, null, null, 10))),
				new Call("events of a user",
						(test) -> test.repository.list(new EventQuery(null, null, user(0), null, 10))),
				new Call("list of registrations", (test) -> test.repository.registrations(test.event, null, 10)),
				new Call("statuses",
						(test) -> new MongoChangeFeed(test.database, test.collections).statuses(List.of(test.event))));
	}

	@ParameterizedTest
	@MethodSource("callsForDisplay")
	void readsWithMajorityForDisplay(Call call) {
		Flux.from(call.call().apply(this)).blockLast();

		assertThat(reads()).isNotEmpty().containsOnly("majority");
	}

	@Test
	void readsLinearizablyBeforeSealing() {
		this.repository.change(this.event, EventChange.ofCapacity(9)).block();
		this.repository.decide(this.event, Requests.bookings(user(6), user(7), user(8))).blockLast();
		this.commands.clear();

		seal();

		assertThat(this.commands.names()).contains("insert");
		assertThat(reads()).isNotEmpty().containsOnly("linearizable");
	}

	@ParameterizedTest
	@CsvSource({ "STANDALONE, local, local", "SINGLE_MEMBER, majority, majority",
			"SEVERAL_MEMBERS, linearizable, majority" })
	void followsAChangeOfTheTopology(Topology changed, String forDecisions, String forDisplay) {
		this.topology = changed;

		this.repository.isRegistered(this.event, user(0)).block();
		assertThat(reads()).isNotEmpty().containsOnly(forDecisions);

		this.commands.clear();
		this.repository.find(this.event).block();
		assertThat(reads()).containsExactly(forDisplay);
	}

	/** The read concerns of the reads, in the order in which they were sent. */
	private List<String> reads() {
		return this.commands.sent()
			.stream()
			.filter((command) -> Set.of("find", "aggregate", "distinct").contains(command.getFirstKey()))
			.map((command) -> command.getDocument("readConcern").getString("level").getValue())
			.toList();
	}

	static Stream<Arguments> topologies() {
		return Stream.of(arguments(cluster(ClusterType.STANDALONE, server(ServerType.STANDALONE)), Topology.STANDALONE),
				arguments(cluster(ClusterType.REPLICA_SET, server(ServerType.REPLICA_SET_PRIMARY, "a")),
						Topology.SINGLE_MEMBER),
				arguments(cluster(ClusterType.REPLICA_SET, server(ServerType.REPLICA_SET_PRIMARY, "a", "b")),
						Topology.SEVERAL_MEMBERS),
				arguments(cluster(ClusterType.REPLICA_SET, withArbiter()), Topology.SEVERAL_MEMBERS),
				arguments(cluster(ClusterType.REPLICA_SET, withPassive()), Topology.SEVERAL_MEMBERS),
				arguments(cluster(ClusterType.REPLICA_SET, server(ServerType.UNKNOWN)), Topology.SEVERAL_MEMBERS),
				arguments(cluster(ClusterType.SHARDED, server(ServerType.SHARD_ROUTER)), Topology.SEVERAL_MEMBERS),
				arguments(cluster(ClusterType.LOAD_BALANCED, server(ServerType.LOAD_BALANCER)),
						Topology.SEVERAL_MEMBERS),
				arguments(cluster(ClusterType.UNKNOWN, server(ServerType.UNKNOWN)), Topology.SEVERAL_MEMBERS));
	}

	@ParameterizedTest
	@MethodSource("topologies")
	void derivesTheTopologyFromTheServers(ClusterDescription cluster, Topology topology) {
		assertThat(Topology.of(cluster)).isEqualTo(topology);
	}

	@Test
	void readsLocallyFromASingleCopy() {
		assertThat(ReadConcerns.of(this.client).forDecisions()).isEqualTo(ReadConcern.LOCAL);
		assertThat(ReadConcerns.of(this.client).forDisplay()).isEqualTo(ReadConcern.LOCAL);
	}

	private static ClusterDescription cluster(ClusterType type, ServerDescription server) {
		return new ClusterDescription(ClusterConnectionMode.MULTIPLE, type, List.of(server));
	}

	private static ServerDescription server(ServerType type, String... hosts) {
		return builder(type).hosts(new HashSet<>(Arrays.asList(hosts))).build();
	}

	private static ServerDescription withArbiter() {
		return builder(ServerType.REPLICA_SET_PRIMARY).hosts(Set.of("a")).arbiters(Set.of("b")).build();
	}

	private static ServerDescription withPassive() {
		return builder(ServerType.REPLICA_SET_PRIMARY).hosts(Set.of("a")).passives(Set.of("b")).build();
	}

	private static ServerDescription.Builder builder(ServerType type) {
		return ServerDescription.builder()
			.address(new ServerAddress("a"))
			.type(type)
			.ok(type != ServerType.UNKNOWN)
			.roundTripTime(1, TimeUnit.MILLISECONDS)
			.state((type != ServerType.UNKNOWN) ? ServerConnectionState.CONNECTED : ServerConnectionState.CONNECTING);
	}

}
