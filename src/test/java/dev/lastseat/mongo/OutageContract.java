package dev.lastseat.mongo;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import com.mongodb.ServerAddress;
import com.mongodb.reactivestreams.client.MongoClient;
import dev.lastseat.TcpProxy;
import dev.lastseat.TestRun;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.segments.SegmentSize;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers every request truly when the connection to the storage is cut during a sale.
 */
class OutageContract {

	private static final int USERS = 1_000;

	private static final int SEATS = 600;

	private static final Duration TIMEOUT = TestRun.TIMEOUT;

	private TestStorage storage;

	private StoredEvents stored;

	@BeforeEach
	void use(TestStorage storage) {
		this.storage = storage;
		this.stored = storage.stored();
	}

	/** The answer to one user: an outcome or a fault. */
	private record Answer(UserId user, @Nullable BookingOutcome outcome, @Nullable Throwable fault) {
	}

	@Test
	void answersTrulyWhenTheConnectionIsCutDuringASale() {
		EventId event = this.storage.event(SEATS);
		ServerAddress server = this.storage.address();
		try (TcpProxy proxy = new TcpProxy(new InetSocketAddress(server.getHost(), server.getPort()));
				MongoClient client = this.storage.clientThrough(proxy)) {
			EventRepository repository = Repositories.of(this.storage.collections(client), SegmentSize.DEFAULT);
			// The connection is cut during the first half. It is restored after the first
			// fault in the second half. So the test does not depend on time.
			Sinks.Empty<Void> cut = Sinks.empty();
			AtomicInteger count = new AtomicInteger();
			Flux<Answer> before = ask(repository, event, 0).doOnNext((answer) -> {
				if (count.incrementAndGet() == USERS / 20) {
					proxy.cut();
					cut.tryEmitEmpty().orThrow();
				}
			});
			AtomicBoolean failed = new AtomicBoolean();
			Flux<Answer> during = cut.asMono().thenMany(ask(repository, event, USERS / 2)).doOnNext((answer) -> {
				if (answer.fault() != null && failed.compareAndSet(false, true)) {
					proxy.restore();
				}
			});

			List<Answer> answers = Flux.merge(before, during).collectList().block(TIMEOUT);

			expectTrueAnswers(event, answers);
			expectThatRepeatingDecides(event, repository, answers);
		}
	}

	/** Sends the bookings of half of the users at once. */
	private static Flux<Answer> ask(EventRepository repository, EventId event, int first) {
		return Flux.range(first, USERS / 2)
			.map((number) -> new UserId("user-" + number))
			.flatMap((user) -> repository.book(event, user)
				.map((outcome) -> new Answer(user, outcome, null))
				.onErrorResume((fault) -> Mono.just(new Answer(user, null, fault))), USERS / 2);
	}

	private void expectTrueAnswers(EventId event, List<Answer> answers) {
		this.stored.requireInvariants(event);
		Set<String> registered = Set.copyOf(this.stored.registrationIds(event));
		assertThat(answers).as("answers").hasSize(USERS);
		assertThat(answers).filteredOn((answer) -> answer.fault() != null)
			.as("faults")
			.isNotEmpty()
			.allSatisfy((answer) -> assertThat(answer.fault()).isInstanceOf(StorageException.class));
		assertThat(registered).as("answered booked").containsAll(answered(answers, BookingOutcome.BOOKED));
		assertThat(answers).filteredOn((answer) -> answer.fault() instanceof StorageException.Unavailable)
			.extracting((answer) -> answer.user().value())
			.as("answered that nothing was changed")
			.doesNotContainAnyElementsOf(registered);
		assertThat(answered(answers, BookingOutcome.SOLD_OUT)).as("answered sold out")
			.doesNotContainAnyElementsOf(registered);
		assertThat(answered(answers, BookingOutcome.ALREADY_REGISTERED))
			.as("answered registered before, on their only request")
			.isEmpty();
	}

	private void expectThatRepeatingDecides(EventId event, EventRepository restored, List<Answer> answers) {
		Set<UserId> undecided = answers.stream()
			.filter((answer) -> answer.fault() != null)
			.map(Answer::user)
			.collect(Collectors.toSet());

		List<BookingOutcome> decided = Flux.fromIterable(undecided)
			.flatMap((user) -> restored.book(event, user)
				.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMillis(100))), 50)
			.collectList()
			.block(TIMEOUT);

		assertThat(decided).hasSameSizeAs(undecided).doesNotContain(BookingOutcome.EVENT_NOT_FOUND);
		this.stored.requireInvariants(event);
		assertThat(this.stored.registrationIds(event)).hasSize(SEATS)
			.containsAll(answered(answers, BookingOutcome.BOOKED));
	}

	private static List<String> answered(List<Answer> answers, BookingOutcome outcome) {
		return answers.stream()
			.filter((answer) -> answer.outcome() == outcome)
			.map((answer) -> answer.user().value())
			.toList();
	}

}
