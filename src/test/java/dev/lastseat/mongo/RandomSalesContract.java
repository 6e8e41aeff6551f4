package dev.lastseat.mongo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.lastseat.TestRun;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventChange.Field;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Expiry;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.SettableClock;
import dev.lastseat.booking.UserId;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random rounds, changes, sweeps and times, decided by two repositories in turn, each
 * with its own memory. The {@link SaleModel} must explain every outcome, and have the
 * state that is stored.
 */
class RandomSalesContract extends StorageTest {

	/** Each is a sale of its own. A failure names its seed. */
	private static final int SALES = 20;

	private static final int STEPS = 40;

	/** Few in every other sale, and as many as there are users in the others. */
	private static final int MAX_HOLDS = 4;

	private static final int MAX_WAITING = 4;

	private static final Instant START = Instant.parse("2027-01-01T00:00:00Z");

	/** Few, so that they meet. Some have ids with characters that are encoded. */
	private static final List<UserId> USERS = IntStream.range(0, 9)
		.mapToObj((number) -> new UserId(List.of("user", "$a.b%", "1").get(number % 3) + number))
		.toList();

	@Test
	void randomSalesAreExplainedByASequentialModel() {
		for (long seed = 0; seed < SALES; seed++) {
			new Sale(seed, 1).run();
		}
	}

	/** Rounds run at the same time, and the same user may have a request in each. */
	@Test
	@Needs(Feature.ATOMIC_UPDATES)
	void randomSalesWithConcurrentRoundsAreExplainedByASequentialModel() {
		for (long seed = SALES; seed < 3 * SALES; seed++) {
			new Sale(seed, 3).run();
		}
	}

	private final class Sale {

		private final long seed;

		private final Random random;

		private final SettableClock clock = new SettableClock(START);

		private final List<EventRepository> repositories;

		private final EventId event;

		private SaleModel model;

		private final int rounds;

		private String step = "creation";

		/**
		 * @param rounds number of rounds at the same time
		 */
		Sale(long seed, int rounds) {
			this.seed = seed;
			this.rounds = rounds;
			this.random = new Random(seed);
			this.repositories = List.of(newRepository(), newRepository());
			SaleTerms sale = new SaleTerms(null, null, 10, 60);
			int capacity = capacity();
			this.event = repository()
				.create(new EventDraft("A sale", null, START, null, capacity, sale), TestStorage.NOW)
				.block(TestRun.TIMEOUT)
				.id();
			this.model = SaleModel.empty(capacity,
					new SaleModel.Limits(maxHolds(), MAX_WAITING, rounds > 1 && maxHolds() == MAX_HOLDS), sale);
		}

		private int maxHolds() {
			return (this.seed % 2 == 0) ? MAX_HOLDS : USERS.size();
		}

		/** In half of the sales there are fewer seats, so that users wait. */
		private int capacity() {
			return 1 + this.random.nextInt((this.seed % 4 < 2) ? 3 : 7);
		}

		private EventRepository newRepository() {
			return RandomSalesContract.this.storage.newRepository(this.clock,
					new SaleSettings(maxHolds(), MAX_WAITING, true));
		}

		private EventRepository repository() {
			return this.repositories.get(this.random.nextInt(this.repositories.size()));
		}

		void run() {
			for (int number = 0; number < STEPS; number++) {
				int kind = this.random.nextInt(20);
				if (kind == 0) {
					changeCapacity();
				}
				else if (kind == 1) {
					changeTerms();
				}
				else if (kind == 2) {
					sweep();
				}
				else {
					decide();
				}
				requireState();
				if (this.random.nextInt(3) == 0) {
					// Often exactly to the end of a hold.
					this.clock.advance(Duration.ofSeconds(this.random.nextInt(11)));
				}
				else if (this.random.nextInt(8) == 0 && this.model.firstEnd() != null
						&& this.model.firstEnd().isAfter(this.clock.instant())) {
					this.clock.set(this.model.firstEnd());
				}
			}
		}

		private void decide() {
			List<List<Request>> requests = Stream.generate(this::requests).limit(this.rounds).toList();
			this.step = "rounds " + requests + " at " + this.clock.instant() + " on " + this.model;
			List<Decision> decisions = Flux.fromIterable(requests)
				.flatMap((round) -> repository().decide(this.event, round).subscribeOn(Schedulers.parallel()),
						this.rounds)
				.collectList()
				.block(TestRun.TIMEOUT);
			assertThat(decisions).as(toString())
				.extracting(Decision::request)
				.containsExactlyInAnyOrderElementsOf(requests.stream().flatMap(List::stream).toList());
			Set<SaleModel> explained = this.model.after(decisions, this.clock.instant());
			this.step += ": " + decisions;
			assertThat(explained).as("explanations of " + this).isNotEmpty();
			explain(explained);
		}

		private List<Request> requests() {
			List<UserId> users = new ArrayList<>(USERS);
			Collections.shuffle(users, this.random);
			List<Request> requests = new ArrayList<>();
			int count = 1 + this.random.nextInt((this.rounds == 1) ? 5 : 3);
			while (requests.size() < count && !users.isEmpty()) {
				requests.add(request(users));
			}
			return requests;
		}

		private Request request(List<UserId> users) {
			int kind = this.random.nextInt(14);
			if (kind == 8 || kind == 9) {
				List<UserId> party = users.subList(0, Math.min(users.size(), 1 + this.random.nextInt(3)));
				Request request = (kind == 8) ? new Request.PartyBooking(party) : new Request.PartyHolding(party);
				party.clear();
				return request;
			}
			UserId user = users.remove(0);
			return switch (kind) {
				case 0, 1 -> new Request.Cancellation(user);
				case 2 -> new Request.HoldRelease(user);
				case 3, 4, 5 -> new Request.Holding(user);
				case 10, 11, 12 -> new Request.Joining(user);
				case 13 -> new Request.Leaving(user);
				default -> new Request.Booking(user);
			};
		}

		private void changeCapacity() {
			int capacity = capacity();
			this.step = "capacity " + capacity + " at " + this.clock.instant() + " on " + this.model;
			SaleModel swept = this.model.withoutExpired(this.clock.instant());
			boolean fits = swept.registered().size() + swept.holds().size() <= capacity;

			ChangeOutcome outcome = repository().change(this.event, EventChange.ofCapacity(capacity))
				.block(TestRun.TIMEOUT);

			assertThat(outcome).as(toString())
				.isEqualTo(fits ? ChangeOutcome.CHANGED : ChangeOutcome.CAPACITY_BELOW_SOLD);
			if (fits) {
				explain(this.model.with(capacity, this.clock.instant()).collect(Collectors.toSet()));
			}
		}

		/** The state becomes the one of these that is stored. */
		private void explain(Set<SaleModel> states) {
			var ledger = repository().ledger(this.event).block(TestRun.TIMEOUT);
			this.model = states.stream()
				.filter((state) -> state.equals(ledger))
				.findFirst()
				.orElseThrow(() -> new AssertionError(
						this + " leads to one of " + states + ", but the stored state is " + ledger));
		}

		private void changeTerms() {
			Instant now = this.clock.instant();
			Instant opensAt = this.random.nextBoolean() ? null : now.plusSeconds(this.random.nextInt(6) - 3);
			Instant closesAt = this.random.nextBoolean() ? null
					: ((opensAt != null) ? opensAt : now).plusSeconds(1 + this.random.nextInt(20));
			SaleTerms sale = new SaleTerms(opensAt, closesAt, this.random.nextBoolean() ? 10 : 20,
					this.random.nextBoolean() ? 60 : 70);
			this.step = "terms " + sale;
			EventChange change = new EventChange(
					Set.of(Field.SALES_OPEN_AT, Field.SALES_CLOSE_AT, Field.HOLD_SECONDS, Field.OFFER_SECONDS), null,
					null, null, null, 0, sale);
			assertThat(repository().change(this.event, change).block(TestRun.TIMEOUT)).as(toString())
				.isEqualTo(ChangeOutcome.CHANGED);
			this.model = this.model.with(sale);
		}

		private void sweep() {
			this.step = "sweep at " + this.clock.instant() + " on " + this.model;
			SaleModel swept = this.model.swept(this.clock.instant());
			int removed = this.model.holds().size() - this.model.withoutExpired(this.clock.instant()).holds().size();
			int offered = this.model.waiting().size() - swept.waiting().size();

			List<Expiry> expired = repository().removeExpiredHolds().collectList().block(TestRun.TIMEOUT);

			assertThat(expired.stream().filter((expiry) -> expiry.event().equals(this.event)).toList()).as(toString())
				.isEqualTo((removed + offered == 0) ? List.of() : List.of(new Expiry(this.event, removed, offered)));
			this.model = swept;
		}

		/** The stored document, and the answers of the other reads. */
		private void requireState() {
			var ledger = repository().ledger(this.event).block(TestRun.TIMEOUT);
			assertThat(this.model.equals(ledger)).as("%s: %s is stored as %s", this, this.model, ledger).isTrue();
			RandomSalesContract.this.stored.requireInvariants(this.event);
			Document document = RandomSalesContract.this.stored.read(this.event);
			if (this.model.firstEnd() != null) {
				assertThat(document.getDate("next_expiry")).as("next_expiry after " + this)
					.isBeforeOrEqualTo(Date.from(this.model.firstEnd()));
			}
			Map<UserId, Hold> current = this.model.withoutExpired(this.clock.instant())
				.holds()
				.values()
				.stream()
				.collect(Collectors.toMap(Hold::user, Function.identity()));
			assertThat(repository().holds(this.event, Set.copyOf(USERS)).block(TestRun.TIMEOUT)).as(toString())
				.isEqualTo(current);
			assertThat(repository().registered(this.event, Set.copyOf(USERS)).block(TestRun.TIMEOUT)).as(toString())
				.isEqualTo(this.model.registered());
			assertThat(repository().standings(this.event, Set.copyOf(USERS)).block(TestRun.TIMEOUT)).as(toString())
				.isEqualTo(USERS.stream()
					.collect(Collectors.toMap(Function.identity(),
							(user) -> this.model.standing(user, this.clock.instant()))));
		}

		@Override
		public String toString() {
			return "seed " + this.seed + ", " + this.step;
		}

	}

}
