package dev.lastseat.proof;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.UserId;
import dev.lastseat.history.Answer;
import dev.lastseat.history.History;
import dev.lastseat.history.Operation;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three processes sell one event on a replica set of three members, whose primary is cut
 * off from the others, killed and paused, so that they elect another one. What the
 * primary had applied by itself is taken back then, and no answer may rest on it.
 */
@Tag("proof")
@EnabledIf(value = Members.ARE_THERE, disabledReason = Members.NONE)
class ElectionsIT {

	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	private static final int PROCESSES = 3;

	/**
	 * After an election, for clients to find the new primary while the old one is away.
	 */
	private static final Duration MEANWHILE = Duration.ofSeconds(2);

	/**
	 * Between two buyers, so that those of one fault come before the election is over.
	 */
	private static final Duration PACE = Duration.ofMillis(150);

	/** A slow machine can miss the seconds from the cut to the election. */
	private static final int ATTEMPTS = 3;

	private static final int TIMES_EACH = 3;

	private static final int SEATS = 250;

	private static final int BUYERS = 400;

	private static final List<ServiceProcess> services = new ArrayList<>();

	private static final String database = "lastseat-elections-" + UUID.randomUUID();

	private static @Nullable ReplicaSet set;

	private final Seed seed = new Seed();

	@BeforeAll
	static void start(@TempDir Path directory) {
		set = new ReplicaSet(Members.start());
		for (int process = 0; process < PROCESSES; process++) {
			ServiceProcess service = new ServiceProcess(directory, "--spring.mongodb.uri=" + set.uri(database));
			services.add(service);
			Workload.rehearse(service.awaitReady());
		}
	}

	@AfterAll
	static void stop() {
		services.forEach(ServiceProcess::close);
		if (set != null) {
			try (ReplicaSet closing = set; MongoClient client = MongoClients.create(closing.uri(database))) {
				closing.heal();
				closing.awaitHealthy();
				Mono.from(client.getDatabase(database).drop()).block(TIMEOUT);
			}
		}
	}

	@AfterEach
	void heal() {
		set.heal();
		set.awaitHealthy();
	}

	@Test
	void tellsNothingThatAnElectionTakesBack() {
		boolean played = false;
		for (int attempt = 0; !played && attempt < ATTEMPTS; attempt++) {
			Workload sale = new Workload(services, this.seed.random("sale"), LastSeatScenario.SEATS);
			LastSeatScenario scene = new LastSeatScenario(set, sale, database);
			played = scene.play();
			heal();
			sale.settle().block(TIMEOUT);
			assertThat(scene.untrueAnswers()).isEmpty();
			judge("primary cut off, the last seat", sale, 1);
		}
		assertThat(played).as("the primary was asked while it was cut off, before the others elected one").isTrue();
	}

	@Test
	void sellsOnceWhilePrimariesAreCutOffKilledAndPaused() {
		Workload sale = new Workload(services, this.seed.random("sale"), SEATS);
		List<MemberFault> faults = Stream.generate(() -> List.of(MemberFault.values()))
			.limit(TIMES_EACH)
			.flatMap(List::stream)
			.toList();
		List<Mono<Void>> buyers = new ArrayList<>();
		for (int number = 0; number < faults.size(); number++) {
			int first = number * BUYERS / faults.size();
			int end = (number + 1) * BUYERS / faults.size();
			Mono<Void> some = Flux.range(first, end - first)
				.delayElements(PACE)
				.flatMap((buyer) -> sale.insist(new UserId("buyer-" + buyer)), BUYERS)
				.then()
				.cache();
			some.subscribe();
			buyers.add(some);
			strike(faults.get(number));
		}
		Mono.when(buyers).block(TIMEOUT);
		sale.settle().block(TIMEOUT);

		History history = judge("primary cut off, killed, paused", sale, faults.size());
		Set<UserId> registered = told(history, Answer.BOOKED, Answer.ALREADY_REGISTERED);
		assertThat(history.ledger().ticketsSold()).isEqualTo(SEATS);
		assertThat(history.ledger().registrations()).doesNotHaveDuplicates().hasSize(SEATS);
		assertThat(new HashSet<>(history.ledger().registrations())).isEqualTo(registered);
		assertThat(told(history, Answer.SOLD_OUT)).hasSize(BUYERS - SEATS).doesNotContainAnyElementsOf(registered);
	}

	@Test
	void showsWhatIsStoredAfterAnElectionInStreamsThatWereOpenBefore() {
		Workload sale = new Workload(services, this.seed.random("sale"), SEATS);
		buyers(sale, "early", 5).block(TIMEOUT);
		List<LiveStatusReader> streams = new ArrayList<>();
		try {
			for (int process = 0; process < PROCESSES; process++) {
				streams.add(new LiveStatusReader(sale.address(process)));
			}
			int primary = set.awaitHealthy();
			long term = set.termWithout(primary);

			set.cutOff(primary);
			Mono<Void> late = buyers(sale, "late", 20).cache();
			late.subscribe();
			set.awaitElectionWithout(primary, term);
			late.block(TIMEOUT);
			heal();
			sale.settle().block(TIMEOUT);

			Document stored = set.member(set.awaitHealthy()).event(database, sale.id()).orElseThrow();
			LiveStatusReader.Shown last = new LiveStatusReader.Shown(SEATS, 25,
					stored.get("revision", Number.class).longValue());
			assertThat(stored.getInteger("tickets_sold")).isEqualTo(25);
			assertThat(streams).allSatisfy((stream) -> Awaitility.await()
				.atMost(TIMEOUT)
				.untilAsserted(() -> assertThat(stream.shown()).last().isEqualTo(last)));
		}
		finally {
			streams.forEach(LiveStatusReader::close);
		}
	}

	private static Mono<Void> buyers(Workload sale, String name, int number) {
		return Flux.range(0, number).flatMap((buyer) -> sale.insist(new UserId(name + "-" + buyer))).then();
	}

	/** One fault of the present primary, from its beginning until all is well again. */
	private static void strike(MemberFault fault) {
		int primary = set.awaitHealthy();
		long term = set.termWithout(primary);
		System.out.println("Member " + primary + ", the primary of term " + term + ", is " + fault);
		fault.begin(set, primary);
		set.awaitElectionWithout(primary, term);
		Mono.delay(MEANWHILE).block();
		set.heal();
		set.awaitHealthy();
	}

	private History judge(String kind, Workload sale, int faults) {
		History history = sale.history(ElectionsIT::stored);
		new RunChecker(kind + ", MongoDB", this.seed).judge(faults, 0, List.of(history), sale.mistakes());
		return history;
	}

	private static Ledger stored(EventId event) {
		return LedgerReader.read(set.uri(database), database, event);
	}

	private static Set<UserId> told(History history, Answer... answers) {
		Set<Answer> wanted = Set.of(answers);
		return history.operations()
			.stream()
			.filter((operation) -> wanted.contains(operation.answer()))
			.map(Operation::user)
			.collect(Collectors.toSet());
	}

}
