package dev.lastseat.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.DeletionOutcome;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.Requests;
import dev.lastseat.booking.UserId;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Concurrent requests that a repository must decide without a wrong answer. A race throws
 * an {@link AssertionError} for a wrong answer or a wrong document.
 * {@link NegativeControlTest} shows that each race can fail.
 */
final class Races {

	private final EventRepository repository;

	private final StoredEvents stored;

	Races(EventRepository repository, StoredEvents stored) {
		this.repository = repository;
		this.stored = stored;
	}

	/** 50 users book one seat. */
	void lastSeat() {
		EventId event = event(1);

		List<Booking> bookings = this.stored.watch(event,
				concurrently(users("user", 50).map((user) -> book(event, user))));

		assertThat(count(bookings)).containsOnly(Map.entry(BookingOutcome.BOOKED, 1L),
				Map.entry(BookingOutcome.SOLD_OUT, 49L));
		assertThat(this.stored.registrationIds(event)).containsExactlyElementsOf(winners(bookings));
	}

	/** 100 users book 37 seats, each user 5 times. */
	void repeats() {
		EventId event = event(37);
		List<Mono<Booking>> attempts = new ArrayList<>();
		for (int round = 0; round < 5; round++) {
			users("user", 100).map((user) -> book(event, user)).forEach(attempts::add);
		}
		Collections.shuffle(attempts);

		List<Booking> bookings = this.stored.watch(event, concurrently(attempts.stream()));

		assertThat(bookings).hasSize(500);
		List<String> winners = winners(bookings);
		List<String> registered = this.stored.registrationIds(event);
		assertThat(winners).hasSize(37).doesNotHaveDuplicates();
		assertThat(registered).containsExactlyInAnyOrderElementsOf(winners);
		assertThat(answered(bookings, BookingOutcome.ALREADY_REGISTERED)).as("answered already registered")
			.isSubsetOf(registered);
		assertThat(answered(bookings, BookingOutcome.SOLD_OUT)).as("answered sold out")
			.doesNotContainAnyElementsOf(registered);
	}

	/**
	 * On a full event some registered users cancel, one registered user books again, and
	 * other users book.
	 */
	void bookAgainstCancel() {
		EventId event = event(5);
		UserId registered = new UserId("registered");
		List<UserId> cancelling = users("cancelling", 4).toList();
		Stream.concat(Stream.of(registered), cancelling.stream())
			.forEach((user) -> assertThat(this.repository.book(event, user).block()).isEqualTo(BookingOutcome.BOOKED));

		Map<UserId, Span> releases = new ConcurrentHashMap<>();
		List<Publisher<Booking>> work = new ArrayList<>();
		// Each user books five times in a row, so that many bookings compete for a
		// released seat.
		users("newcomer", 40).map((user) -> book(event, user).repeat(4)).forEach(work::add);
		IntStream.range(0, 20).mapToObj((number) -> book(event, registered)).forEach(work::add);
		cancelling.forEach((user) -> work.add(release(event, user, releases)));
		Collections.shuffle(work);

		List<Booking> answers = this.stored.watch(event, concurrently(work.stream()));

		for (Booking booking : answers) {
			if (booking.user().equals(registered)) {
				assertThat(booking.outcome()).as("registered user who books again")
					.isEqualTo(BookingOutcome.ALREADY_REGISTERED);
			}
			else if (booking.outcome() == BookingOutcome.SOLD_OUT) {
				assertThat(mayHaveBeenFull(5, booking.span(), answers, releases))
					.as("answered sold out although a seat was free during the whole call")
					.isTrue();
			}
		}
		assertThat(this.stored.registrationIds(event)).as("users who booked and did not cancel")
			.containsExactlyInAnyOrderElementsOf(
					Stream.concat(Stream.of(registered.value()), winners(answers).stream()).toList());
	}

	/**
	 * One user sends bookings and cancellations at the same time, many times. The event
	 * has two seats, so one is always free.
	 */
	void sameUserBooksAndCancels() {
		EventId event = event(2);
		UserId user = new UserId("user");
		for (int round = 0; round < 50; round++) {
			List<Mono<Booking>> work = new ArrayList<>();
			IntStream.range(0, 4).mapToObj((number) -> book(event, user)).forEach(work::add);
			Mono<List<ReleaseOutcome>> releases = Flux.range(0, 4)
				.flatMap((number) -> this.repository.release(event, user).subscribeOn(Schedulers.parallel()), 4)
				.collectList();

			List<Booking> bookings = this.stored.watch(event,
					Mono.zip(concurrently(work.stream()), releases).map((both) -> both.getT1()));

			assertThat(bookings).extracting(Booking::outcome)
				.as("an event that is never full")
				.doesNotContain(BookingOutcome.SOLD_OUT);
		}
	}

	/** 200 users book while the capacity is raised and lowered. */
	void capacityChanges() {
		EventId event = event(10);
		List<Integer> capacities = List.of(20, 5, 30, 12, 1, 40, 25, 60, 59, 45, 80, 7, 50);
		Mono<List<ChangeOutcome>> changes = Flux.fromIterable(capacities)
			.concatMap((capacity) -> this.repository.change(event, EventChange.ofCapacity(capacity)))
			.collectList()
			.subscribeOn(Schedulers.parallel());
		Stream<Mono<Booking>> bookings = users("user", 200).map((user) -> book(event, user));

		var answers = this.stored.watch(event, Mono.zip(concurrently(bookings), changes));

		List<ChangeOutcome> outcomes = answers.getT2();
		int lastChanged = outcomes.lastIndexOf(ChangeOutcome.CHANGED);
		assertThat(outcomes).hasSameSizeAs(capacities).startsWith(ChangeOutcome.CHANGED);
		assertThat(this.stored.read(event).getInteger("capacity")).isEqualTo(capacities.get(lastChanged));
		assertThat(this.stored.registrationIds(event)).containsExactlyInAnyOrderElementsOf(winners(answers.getT1()));
	}

	/**
	 * 20 batches of 16 users book 100 seats. Each batch shares half of its users with the
	 * next one.
	 */
	void batches() {
		EventId event = event(100);
		List<Flux<Booking>> batches = IntStream.range(0, 20)
			.mapToObj((number) -> IntStream.range(0, 16)
				.mapToObj((user) -> new UserId("user-" + (number * 8 + user)))
				.toList())
			.map((users) -> bookTogether(event, users))
			.toList();

		List<Booking> bookings = this.stored.watch(event, concurrently(batches.stream()));

		assertThat(bookings).hasSize(320);
		List<String> winners = winners(bookings);
		List<String> registered = this.stored.registrationIds(event);
		assertThat(registered).hasSize(100).containsExactlyInAnyOrderElementsOf(winners);
		assertThat(answered(bookings, BookingOutcome.ALREADY_REGISTERED)).as("answered already registered")
			.isSubsetOf(registered);
		assertThat(answered(bookings, BookingOutcome.SOLD_OUT)).as("answered sold out")
			.doesNotContainAnyElementsOf(registered);
	}

	/**
	 * Concurrent rounds with cancellations and bookings on a full event. Each released
	 * seat can be booked by one user.
	 */
	void rounds() {
		EventId event = event(64);
		List<UserId> registered = IntStream.range(0, 64)
			.mapToObj((number) -> new UserId("registered-" + number))
			.toList();
		this.repository.decide(event, Requests.bookings(registered)).blockLast();
		List<Flux<Decision>> rounds = IntStream.range(0, 16).mapToObj((number) -> {
			List<Request> requests = new ArrayList<>();
			for (int user = 0; user < 8; user++) {
				requests.add(new Request.Cancellation(registered.get((number * 4 + user) % 64)));
				requests.add(new Request.Booking(new UserId("newcomer-" + (number * 4 + user))));
			}
			return this.repository.decide(event, requests);
		}).toList();

		List<Decision> decisions = this.stored.watch(event, concurrently(rounds.stream()));

		assertThat(decisions).hasSize(256);
		assertThat(users(decisions, ReleaseOutcome.RELEASED)).as("released").hasSize(64).doesNotHaveDuplicates();
		List<String> booked = users(decisions, BookingOutcome.BOOKED);
		assertThat(this.stored.registrationIds(event)).containsExactlyInAnyOrderElementsOf(booked);
		assertThat(booked).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(64);
		this.stored.requireInvariants(event);
	}

	/**
	 * 24 users hold, confirm, give back and cancel 8 seats, each in two rounds at the
	 * same time.
	 */
	void holds() {
		EventId event = event(8);
		List<Flux<Decision>> work = users("user", 24)
			.flatMap((user) -> Stream
				.<List<Request>>of(
						List.of(new Request.Holding(user), new Request.Booking(user), new Request.Cancellation(user)),
						List.of(new Request.Holding(user), new Request.HoldRelease(user), new Request.Booking(user)))
				.map((requests) -> Flux.fromIterable(requests)
					.concatMap((request) -> this.repository.decide(event, List.of(request)))))
			.toList();

		List<Decision> decisions = this.stored.watch(event, concurrently(work.stream()));

		assertThat(decisions).hasSize(144);
		this.stored.requireInvariants(event);
	}

	private static List<String> users(List<Decision> decisions, Outcome outcome) {
		return decisions.stream()
			.filter((decision) -> decision.outcome() == outcome)
			.map((decision) -> Requests.user(decision.request()).value())
			.toList();
	}

	/** An event is deleted while users book it, many times. */
	void deletionAgainstBooking() {
		for (int round = 0; round < 30; round++) {
			EventId event = event(10);
			Mono<DeletionOutcome> deletion = this.repository.delete(event).subscribeOn(Schedulers.parallel());

			var answers = Mono.zip(deletion, concurrently(users("user", 4).map((user) -> book(event, user)))).block();

			boolean deleted = answers.getT1() == DeletionOutcome.DELETED;
			assertThat(answers.getT2()).extracting(Booking::outcome)
				.as("bookings of an event that was deleted: " + deleted)
				.containsOnly(deleted ? BookingOutcome.EVENT_NOT_FOUND : BookingOutcome.BOOKED);
			assertThat(this.repository.find(event).hasElement().block()).as("event exists").isNotEqualTo(deleted);
		}
	}

	EventId event(int capacity) {
		EventDraft draft = new EventDraft("A race", null, Instant.EPOCH, null, capacity);
		return this.repository.create(draft, Instant.EPOCH).block().id();
	}

	private Mono<Booking> book(EventId event, UserId user) {
		return Mono.defer(() -> {
			long start = System.nanoTime();
			return this.repository.book(event, user)
				.map((outcome) -> new Booking(user, outcome, new Span(start, System.nanoTime())));
		});
	}

	private Flux<Booking> bookTogether(EventId event, List<UserId> users) {
		return Flux.defer(() -> {
			long start = System.nanoTime();
			return this.repository.decide(event, Requests.bookings(users))
				.map((decision) -> new Booking(Requests.user(decision.request()), (BookingOutcome) decision.outcome(),
						new Span(start, System.nanoTime())));
		});
	}

	/** Releases a seat among bookings: records the span of the call and emits nothing. */
	private Mono<Booking> release(EventId event, UserId user, Map<UserId, Span> releases) {
		return Mono.defer(() -> {
			long start = System.nanoTime();
			return this.repository.release(event, user).doOnNext((outcome) -> {
				assertThat(outcome).isEqualTo(ReleaseOutcome.RELEASED);
				releases.put(user, new Span(start, System.nanoTime()));
			}).then(Mono.empty());
		});
	}

	/**
	 * Whether the event may have been full at some moment of a call. A seat counts as
	 * taken from the start of the call that books it to the end of the call that releases
	 * it.
	 */
	private static boolean mayHaveBeenFull(int capacity, Span call, List<Booking> bookings,
			Map<UserId, Span> releases) {
		List<Span> booked = bookings.stream()
			.filter((booking) -> booking.outcome() == BookingOutcome.BOOKED)
			.map(Booking::span)
			.toList();
		return Stream.concat(Stream.of(call.start(), call.end()), booked.stream().map(Span::start))
			.filter((moment) -> moment >= call.start() && moment <= call.end())
			.anyMatch((moment) -> {
				long held = 1 + releases.values().stream().filter((release) -> release.end() >= moment).count();
				return held + booked.stream().filter((booking) -> booking.start() <= moment).count() >= capacity;
			});
	}

	private static <T> Mono<List<T>> concurrently(Stream<? extends Publisher<T>> work) {
		List<? extends Publisher<T>> all = work.toList();
		return Flux.fromIterable(all)
			.flatMap((one) -> Flux.from(one).subscribeOn(Schedulers.parallel()), all.size())
			.collectList();
	}

	private static Stream<UserId> users(String name, int count) {
		return IntStream.range(0, count).mapToObj((number) -> new UserId(name + "-" + number));
	}

	private static Map<BookingOutcome, Long> count(List<Booking> bookings) {
		return bookings.stream()
			.collect(Collectors.groupingBy(Booking::outcome, () -> new EnumMap<>(BookingOutcome.class),
					Collectors.counting()));
	}

	private static List<String> winners(List<Booking> bookings) {
		return bookings.stream()
			.filter((booking) -> booking.outcome() == BookingOutcome.BOOKED)
			.map((booking) -> booking.user().value())
			.toList();
	}

	private static Set<String> answered(List<Booking> bookings, BookingOutcome outcome) {
		return bookings.stream()
			.filter((booking) -> booking.outcome() == outcome)
			.map((booking) -> booking.user().value())
			.collect(Collectors.toSet());
	}

	private record Booking(UserId user, BookingOutcome outcome, Span span) {
	}

	/** From the start of a call to its answer, in nanoseconds. */
	private record Span(long start, long end) {
	}

}
