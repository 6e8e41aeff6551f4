package dev.lastseat.mongo;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.mongodb.reactivestreams.client.MongoCollection;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.StorageException;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.segments.SealedRegistration;
import dev.lastseat.mongo.segments.SealingSteps;
import dev.lastseat.mongo.segments.SegmentMaintenance;
import dev.lastseat.mongo.segments.SegmentMemory;
import org.bson.Document;
import org.bson.types.ObjectId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Decides the requests of a round. One write makes all of them or none; when it made
 * none, one read tells which of the requests cannot be made, and how many of the others
 * there are seats for, and these are written again. No request is refused but for what a
 * read has shown.
 */
final class RoundDecision {

	/** Writes in a row that are tried with all requests at once. */
	private static final int FULL_ATTEMPTS = 3;

	private final MongoCollections collections;

	private final MongoCollection<Document> events;

	private final SegmentMaintenance maintenance;

	private final ObjectId event;

	private final EventSnapshots snapshots;

	private boolean refusedBooking;

	private boolean refusedCancellation;

	/**
	 * @param events to write to
	 */
	RoundDecision(MongoCollections collections, MongoCollection<Document> events, SegmentMaintenance maintenance,
			ObjectId event, EventSnapshots snapshots) {
		this.collections = collections;
		this.events = events;
		this.maintenance = maintenance;
		this.event = event;
		this.snapshots = snapshots;
	}

	/**
	 * Where refusals are to be expected, the read comes first. A single request is always
	 * written first.
	 * @return exactly one decision for each request
	 */
	Flux<Decision> decide(List<Request> requests) {
		SegmentMemory memory = this.maintenance.memory(this.event);
		boolean readFirst = requests.size() > 1 && memory.expectsRefusal(requests);
		return this.snapshots.possiblySealed(users(requests))
			.flatMapMany((possiblySealed) -> (readFirst || !possiblySealed.isEmpty())
					? explain(requests, MongoEventRepository.MAX_ATTEMPTS)
					: write(requests, List.of(), Map.of(), 0, MongoEventRepository.MAX_ATTEMPTS))
			.doOnNext(this::note)
			.doOnComplete(() -> memory.decided(requests, this.refusedBooking, this.refusedCancellation));
	}

	private void note(Decision decision) {
		boolean refused = !decision.outcome().changedEvent();
		this.refusedBooking |= refused && decision.outcome() instanceof BookingOutcome;
		this.refusedCancellation |= refused && decision.outcome() instanceof ReleaseOutcome;
	}

	private Flux<Decision> explain(List<Request> requests, int attempts) {
		if (requests.isEmpty()) {
			return Flux.empty();
		}
		return this.snapshots.read(users(requests), !cancellations(requests).isEmpty())
			.map((snapshot) -> explain(requests, snapshot, attempts))
			.defaultIfEmpty(all(requests, RoundDecision::eventNotFound))
			.flatMapMany(Function.identity());
	}

	/**
	 * A user with a seat of a full event is told of the seat, and not that the event is
	 * sold out.
	 */
	private Flux<Decision> explain(List<Request> requests, EventSnapshot snapshot, int attempts) {
		Map<Boolean, List<Request>> possible = requests.stream()
			.collect(Collectors.partitioningBy(
					(request) -> snapshot.registered(request.user()) == request instanceof Request.Cancellation));
		return all(possible.get(false), RoundDecision::unnecessary)
			.concatWith(Flux.defer(() -> write(possible.get(true), snapshot, attempts)));
	}

	private Flux<Decision> write(List<Request> requests, EventSnapshot snapshot, int attempts) {
		List<Request> cancellations = cancellations(requests);
		List<Request> bookings = bookings(requests);
		if (requests.isEmpty() || (snapshot.freeSeats() == 0 && cancellations.isEmpty())) {
			return all(bookings, (request) -> BookingOutcome.SOLD_OUT);
		}
		if (cancellations.stream().anyMatch((request) -> snapshot.leaving(request.user()))) {
			return seal().thenMany(Flux.defer(() -> explain(requests, attempts)));
		}
		if (attempts == 0) {
			return Flux.error(StorageException.Busy::new);
		}
		int most = most(requests.size(), attempts);
		int released = Math.min(cancellations.size(), most);
		int booked = Math.min(Math.min(bookings.size(), most), snapshot.freeSeats() + released);
		return write(concat(cancellations.subList(0, released), bookings.subList(0, booked)),
				concat(cancellations.subList(released, cancellations.size()),
						bookings.subList(booked, bookings.size())),
				snapshot.sealed(), snapshot.cleanups(), attempts);
	}

	/**
	 * The more requests a write makes, the likelier something gets in its way between the
	 * read and the write. So after a few attempts each is about half as many, down to
	 * one.
	 */
	private static int most(int requests, int attempts) {
		int halvings = Math.max(0, MongoEventRepository.MAX_ATTEMPTS - attempts - FULL_ATTEMPTS);
		return Math.max(1, requests >> halvings);
	}

	/**
	 * Finishes what maintenance has begun. A registration leaves the event once, so this
	 * happens once for each cancellation at most.
	 */
	private Mono<Void> seal() {
		return StorageErrors.read(new SealingSteps(this.collections).finish(this.event, this.maintenance.size()));
	}

	/**
	 * @param requests that nothing is known to be in the way of
	 * @param others that are not a part of the write, and are explained after it
	 * @param sealed registrations that are to be cancelled and have left the event
	 */
	private Flux<Decision> write(List<Request> requests, List<Request> others, Map<String, SealedRegistration> sealed,
			int cleanups, int attempts) {
		List<Request> cancellations = cancellations(requests);
		List<Request> bookings = bookings(requests);
		Map<Boolean, List<String>> cancelled = names(cancellations).stream()
			.collect(Collectors.partitioningBy(sealed::containsKey));
		RegistrationWrite write = new RegistrationWrite(this.event, names(bookings), this.snapshots.segment(),
				cancelled.get(false), cancelled.get(true).stream().map(sealed::get).toList(), cleanups);
		Supplier<Flux<Decision>> rest = () -> explain(others, MongoEventRepository.MAX_ATTEMPTS);
		if (!write.isMixed() || this.collections.supportPipelineUpdates()) {
			return send(write, requests, rest, others, attempts);
		}
		return send(write.onlyCancellations(), cancellations,
				() -> send(write.onlyBookings(), bookings, rest, others, MongoEventRepository.MAX_ATTEMPTS),
				concat(bookings, others), attempts);
	}

	/**
	 * @param requests that the write makes
	 * @param next goes on when it has
	 * @param others to be explained together with the requests when it has not
	 */
	private Flux<Decision> send(RegistrationWrite write, List<Request> requests, Supplier<Flux<Decision>> next,
			List<Request> others, int attempts) {
		return write.send(this.events).flatMapMany((made) -> {
			if (!made) {
				return explain(concat(requests, others), attempts - 1);
			}
			maintain(write);
			return all(requests, RoundDecision::made).concatWith(Flux.defer(next));
		});
	}

	private void maintain(RegistrationWrite made) {
		if (!made.bookings().isEmpty()) {
			this.maintenance.booked(this.event, made.bookings().size());
		}
		if (!made.sealed().isEmpty()) {
			this.maintenance.released(this.event, made.sealed().size());
		}
	}

	static Outcome eventNotFound(Request request) {
		return (request instanceof Request.Booking) ? BookingOutcome.EVENT_NOT_FOUND : ReleaseOutcome.EVENT_NOT_FOUND;
	}

	private static Outcome made(Request request) {
		return (request instanceof Request.Booking) ? BookingOutcome.BOOKED : ReleaseOutcome.RELEASED;
	}

	private static Outcome unnecessary(Request request) {
		return (request instanceof Request.Booking) ? BookingOutcome.ALREADY_REGISTERED : ReleaseOutcome.NOT_REGISTERED;
	}

	static Flux<Decision> all(List<Request> requests, Function<Request, Outcome> outcome) {
		return Flux.fromIterable(requests).map((request) -> new Decision(request.user(), outcome.apply(request)));
	}

	static List<Request> bookings(List<Request> requests) {
		return requests.stream().filter(Request.Booking.class::isInstance).toList();
	}

	static List<Request> cancellations(List<Request> requests) {
		return requests.stream().filter(Request.Cancellation.class::isInstance).toList();
	}

	private static List<Request> concat(List<Request> first, List<Request> second) {
		return Stream.concat(first.stream(), second.stream()).toList();
	}

	private static List<UserId> users(List<Request> requests) {
		return requests.stream().map(Request::user).toList();
	}

	static List<String> names(List<Request> requests) {
		return requests.stream().map(Request::user).map(UserId::value).toList();
	}

}
