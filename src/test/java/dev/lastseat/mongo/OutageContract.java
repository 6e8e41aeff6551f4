package dev.lastseat.mongo;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import com.mongodb.ConnectionString;
import com.mongodb.ServerAddress;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.lastseat.TcpProxy;
import dev.lastseat.TestRun;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.segments.SegmentSize;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What must hold on every storage engine when the line to it is cut in the middle of a
 * sale.
 */
abstract class OutageContract extends PageContract {

	private static final int BUYERS = 1_000;

	private static final int SEATS = 600;

	private static final Duration PATIENCE = TestRun.TIMEOUT;

	/** What a buyer was told: an outcome or a fault. */
	private record Answer(UserId user, @Nullable BookingOutcome outcome, @Nullable Throwable fault) {
	}

	@Test
	void answersEverybodyTrulyWhenTheLineIsCutInTheMiddleOfASale() {
		EventId event = event(SEATS);
		ServerAddress server = new ServerAddress(new ConnectionString(connectionString()).getHosts().get(0));
		try (TcpProxy proxy = new TcpProxy(new InetSocketAddress(server.getHost(), server.getPort()));
				MongoClient client = through(proxy)) {
			MongoEventRepository cutOff = Repositories
				.of(collections(client.getDatabase(this.database.getName()), client), SegmentSize.DEFAULT);
			// The line is cut in the middle of the first half, and restored when the
			// outage was felt in the second, however long either takes.
			Sinks.Empty<Void> cut = Sinks.empty();
			AtomicInteger answered = new AtomicInteger();
			Flux<Answer> before = ask(cutOff, event, 0).doOnNext((answer) -> {
				if (answered.incrementAndGet() == BUYERS / 20) {
					proxy.cut();
					cut.tryEmitEmpty().orThrow();
				}
			});
			AtomicBoolean felt = new AtomicBoolean();
			Flux<Answer> during = cut.asMono().thenMany(ask(cutOff, event, BUYERS / 2)).doOnNext((answer) -> {
				if (answer.fault() != null && felt.compareAndSet(false, true)) {
					proxy.restore();
				}
			});

			List<Answer> answers = Flux.merge(before, during).collectList().block(PATIENCE);

			expectTruth(event, answers);
			expectThatRepeatingSettlesIt(event, cutOff, answers);
		}
	}

	/** Half of the buyers, all at once. */
	private static Flux<Answer> ask(MongoEventRepository repository, EventId event, int first) {
		return Flux.range(first, BUYERS / 2)
			.map((number) -> new UserId("buyer-" + number))
			.flatMap((user) -> repository.book(event, user)
				.map((outcome) -> new Answer(user, outcome, null))
				.onErrorResume((fault) -> Mono.just(new Answer(user, null, fault))), BUYERS / 2);
	}

	private void expectTruth(EventId event, List<Answer> answers) {
		this.stored.requireInvariants(event);
		Set<String> registered = Set.copyOf(this.stored.registrationIds(event));
		assertThat(answers).as("everybody gets an answer").hasSize(BUYERS);
		assertThat(answers).filteredOn((answer) -> answer.fault() != null)
			.as("faults")
			.isNotEmpty()
			.allSatisfy((answer) -> assertThat(answer.fault()).isInstanceOf(StorageException.class));
		assertThat(registered).as("told booked").containsAll(told(answers, BookingOutcome.BOOKED));
		assertThat(answers).filteredOn((answer) -> answer.fault() instanceof StorageException.Unavailable)
			.extracting((answer) -> answer.user().value())
			.as("told that nothing was changed")
			.doesNotContainAnyElementsOf(registered);
		assertThat(told(answers, BookingOutcome.SOLD_OUT)).as("told sold out").doesNotContainAnyElementsOf(registered);
	}

	private void expectThatRepeatingSettlesIt(EventId event, MongoEventRepository restored, List<Answer> answers) {
		Set<UserId> unsettled = answers.stream()
			.filter((answer) -> answer.fault() != null)
			.map(Answer::user)
			.collect(Collectors.toSet());

		List<BookingOutcome> settled = Flux.fromIterable(unsettled)
			.flatMap((user) -> restored.book(event, user)
				.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMillis(100))), 50)
			.collectList()
			.block(PATIENCE);

		assertThat(settled).hasSameSizeAs(unsettled).doesNotContain(BookingOutcome.EVENT_NOT_FOUND);
		this.stored.requireInvariants(event);
		assertThat(this.stored.registrationIds(event)).hasSize(SEATS).containsAll(told(answers, BookingOutcome.BOOKED));
	}

	private static List<String> told(List<Answer> answers, BookingOutcome outcome) {
		return answers.stream()
			.filter((answer) -> answer.outcome() == outcome)
			.map((answer) -> answer.user().value())
			.toList();
	}

	MongoClient through(TcpProxy proxy) {
		return MongoClients.create(settings("mongodb://127.0.0.1:" + proxy.port() + "/?directConnection=true")
			.timeout(60, TimeUnit.SECONDS)
			.applyToClusterSettings((cluster) -> cluster.serverSelectionTimeout(500, TimeUnit.MILLISECONDS))
			.build());
	}

}
