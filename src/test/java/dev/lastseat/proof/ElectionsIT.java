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
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three service processes sell one event on a replica set of three members. The tests cut
 * off, kill or pause the primary, so that the other members elect a new one. Writes that
 * only the old primary has are rolled back then; no answer may depend on them.
 */
@Tag("proof")
@EnabledIf(value = Members.AVAILABLE, disabledReason = Members.UNAVAILABLE_REASON)
class ElectionsIT {

	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	private static final int PROCESSES = 3;

	/**
	 * Time after an election in which clients use the new primary without the old one.
	 */
	private static final Duration AFTER_ELECTION = Duration.ofSeconds(2);

	/** Between two buyers. Buyers of one fault start before its election is over. */
	private static final Duration BUYER_INTERVAL = Duration.ofMillis(150);

	/**
	 * Attempts, because a slow machine may send nothing between the partition and the
	 * election.
	 */
	private static final int ATTEMPTS = 3;

	private static final int FAULTS_OF_EACH_KIND = 3;

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
			Workload.warmUp(service.awaitReady());
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
	void givesNoAnswerThatAnElectionRollsBack() {
		boolean completed = false;
		for (int attempt = 0; !completed && attempt < ATTEMPTS; attempt++) {
			Workload workload = new Workload(services, this.seed.random("workload"), LastSeatScenario.SEATS);
			LastSeatScenario scenario = new LastSeatScenario(set, workload, database);
			completed = scenario.run();
			heal();
			workload.event().resolveUnknownOutcomes().block(TIMEOUT);
			assertThat(scenario.untrueAnswers()).isEmpty();
			check("primary cut off, the last seat", workload, 1);
		}
		assertThat(completed).as("requests reached the old primary between the partition and the election").isTrue();
	}

	@Test
	void sellsEachSeatOnceWhilePrimariesAreCutOffKilledAndPaused() {
		Workload workload = new Workload(services, this.seed.random("workload"), SEATS);
		List<MemberFault> faults = Stream.generate(() -> List.of(MemberFault.values()))
			.limit(FAULTS_OF_EACH_KIND)
			.flatMap(List::stream)
			.toList();
		List<Mono<Void>> buyers = new ArrayList<>();
		for (int number = 0; number < faults.size(); number++) {
			int first = number * BUYERS / faults.size();
			int end = (number + 1) * BUYERS / faults.size();
			Mono<Void> group = Flux.range(first, end - first)
				.delayElements(BUYER_INTERVAL)
				.flatMap((buyer) -> workload.bookUntilDecided(new UserId("buyer-" + buyer)), BUYERS)
				.then()
				.cache();
			group.subscribe();
			buyers.add(group);
			injectAndHeal(faults.get(number));
		}
		Mono.when(buyers).block(TIMEOUT);
		workload.event().resolveUnknownOutcomes().block(TIMEOUT);

		History history = check("primary cut off, killed, paused", workload, faults.size());
		Set<UserId> registered = usersAnswered(history, Answer.BOOKED, Answer.ALREADY_REGISTERED);
		assertThat(history.ledger().ticketsSold()).isEqualTo(SEATS);
		assertThat(history.ledger().registrations()).doesNotHaveDuplicates().hasSize(SEATS);
		assertThat(new HashSet<>(history.ledger().registrations())).isEqualTo(registered);
		assertThat(usersAnswered(history, Answer.SOLD_OUT)).hasSize(BUYERS - SEATS)
			.doesNotContainAnyElementsOf(registered);
	}

	/** The offers and the journal, which the old primary's entries must not reach. */
	@Test
	void offersEachSeatOnceWhilePrimariesAreCutOffKilledAndPaused() {
		Workload workload = new Workload(services, this.seed.random("workload"), SEATS);
		WaitingSale waiting = new WaitingSale(services, this.seed.random("waiting"));
		List<MemberFault> faults = List.of(MemberFault.values());
		Mono<Void> injected = Mono.<Void>fromRunnable(() -> faults.forEach(ElectionsIT::injectAndHeal))
			.subscribeOn(Schedulers.boundedElastic())
			.cache();
		Mono.when(workload.run(injected), waiting.run(injected)).block(TIMEOUT);
		workload.event().resolveUnknownOutcomes().block(TIMEOUT);

		check("primary cut off, killed, paused, with a waiting list", workload, faults.size(),
				List.of(waiting.historyWithJournal(ElectionsIT::stored)));
		assertThat(waiting.event().unexpectedAnswers()).isEmpty();
	}

	@Test
	void openStreamsShowTheStoredStateAfterAnElection() {
		Workload workload = new Workload(services, this.seed.random("workload"), SEATS);
		buyers(workload, "early", 5).block(TIMEOUT);
		List<LiveStatusReader> streams = new ArrayList<>();
		try {
			for (int process = 0; process < PROCESSES; process++) {
				streams.add(new LiveStatusReader(workload.event().address(process)));
			}
			int primary = set.awaitHealthy();
			long term = set.termWithout(primary);

			set.cutOff(primary);
			Mono<Void> late = buyers(workload, "late", 20).cache();
			late.subscribe();
			set.awaitElectionWithout(primary, term);
			late.block(TIMEOUT);
			heal();
			workload.event().resolveUnknownOutcomes().block(TIMEOUT);

			Document stored = set.member(set.awaitHealthy()).event(database, workload.event().id()).orElseThrow();
			LiveStatusReader.State last = new LiveStatusReader.State(SEATS, 25,
					stored.get("revision", Number.class).longValue());
			assertThat(stored.getInteger("tickets_sold")).isEqualTo(25);
			assertThat(streams).allSatisfy((stream) -> Awaitility.await()
				.atMost(TIMEOUT)
				.untilAsserted(() -> assertThat(stream.states()).last().isEqualTo(last)));
		}
		finally {
			streams.forEach(LiveStatusReader::close);
		}
	}

	private static Mono<Void> buyers(Workload workload, String name, int number) {
		return Flux.range(0, number)
			.flatMap((buyer) -> workload.bookUntilDecided(new UserId(name + "-" + buyer)))
			.then();
	}

	/**
	 * Injects a fault of the current primary, and returns when the set is healthy again.
	 */
	private static void injectAndHeal(MemberFault fault) {
		int primary = set.awaitHealthy();
		long term = set.termWithout(primary);
		System.out.println("Member " + primary + ", the primary of term " + term + ", is " + fault);
		fault.inject(set, primary);
		set.awaitElectionWithout(primary, term);
		Mono.delay(AFTER_ELECTION).block();
		set.heal();
		set.awaitHealthy();
	}

	private History check(String kind, Workload workload, int faults) {
		return check(kind, workload, faults, List.of());
	}

	private History check(String kind, Workload workload, int faults, List<History> sales) {
		History history = workload.event().history(ElectionsIT::stored);
		new RunChecker(kind + ", MongoDB", this.seed).check(faults, 0, List.of(history), sales,
				workload.event().unexpectedAnswers());
		return history;
	}

	private static Ledger stored(EventId event) {
		try (LedgerReader reader = new LedgerReader(set.uri(database), database)) {
			return reader.read(event);
		}
	}

	private static Set<UserId> usersAnswered(History history, Answer... answers) {
		Set<Answer> wanted = Set.of(answers);
		return history.operations()
			.stream()
			.filter((operation) -> wanted.contains(operation.answer()))
			.map(Operation::user)
			.collect(Collectors.toSet());
	}

}
