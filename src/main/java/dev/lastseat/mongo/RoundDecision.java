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
import dev.lastseat.mongo.segments.SegmentMaintenance;
import dev.lastseat.mongo.segments.SegmentMemory;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Decides the requests of a round. One write makes all changes or none. If it makes none,
 * one read shows which requests are impossible and how many seats are free for the
 * others, and the next write contains only those. A request is refused only for a reason
 * that a read has shown.
 */
final class RoundDecision {

	private final MongoCollections collections;

	private final MongoCollection<Document> events;

	private final SegmentMaintenance maintenance;

	private final ObjectId event;

	private final EventSnapshots snapshots;

	/** The last write that did not match. */
	private @Nullable RegistrationWrite failed;

	private boolean refusedBooking;

	private boolean refusedCancellation;

	/**
	 * @param events the collection for the writes
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
	 * Reads first if a refusal is likely, or if a user may have a sealed registration.
	 * Otherwise writes first. A refusal counts as likely for several requests only.
	 * @return exactly one decision for each request
	 */
	Flux<Decision> decide(List<Request> requests) {
		SegmentMemory memory = this.maintenance.memory(this.event);
		boolean refusalLikely = requests.size() > 1 && memory.expectsRefusal(requests);
		return this.snapshots.possiblySealed(users(requests))
			.flatMapMany((possiblySealed) -> (refusalLikely || !possiblySealed.isEmpty())
					? readAndWrite(requests, MongoEventRepository.MAX_ATTEMPTS)
					: write(requests, List.of(), Map.of(), 0, MongoEventRepository.MAX_ATTEMPTS))
			.doOnNext(this::noteRefusal)
			.doOnComplete(() -> memory.updateRefusals(requests, this.refusedBooking, this.refusedCancellation));
	}

	private void noteRefusal(Decision decision) {
		boolean refused = !decision.outcome().changedEvent();
		this.refusedBooking |= refused && decision.outcome() instanceof BookingOutcome;
		this.refusedCancellation |= refused && decision.outcome() instanceof ReleaseOutcome;
	}

	private Flux<Decision> readAndWrite(List<Request> requests, int attempts) {
		if (requests.isEmpty()) {
			return Flux.empty();
		}
		return this.snapshots.read(users(requests), !cancellations(requests).isEmpty())
			.map((snapshot) -> decide(requests, snapshot, attempts))
			.defaultIfEmpty(all(requests, RoundDecision::eventNotFound))
			.flatMapMany(Function.identity());
	}

	/**
	 * Checks for a registration before it checks for a free seat: a registered user of a
	 * full event gets "already registered", not "sold out".
	 */
	private Flux<Decision> decide(List<Request> requests, EventSnapshot snapshot, int attempts) {
		Map<Boolean, List<Request>> changing = requests.stream()
			.collect(Collectors.partitioningBy(
					(request) -> snapshot.registered(request.user()) == request instanceof Request.Cancellation));
		return all(changing.get(false), RoundDecision::nothingToChange)
			.concatWith(Flux.defer(() -> write(changing.get(true), snapshot, attempts)));
	}

	private Flux<Decision> write(List<Request> requests, EventSnapshot snapshot, int attempts) {
		List<Request> cancellations = cancellations(requests);
		if (requests.isEmpty() || (snapshot.freeSeats() == 0 && cancellations.isEmpty())) {
			return all(requests, (request) -> BookingOutcome.SOLD_OUT);
		}
		if (cancellations.stream().anyMatch((request) -> snapshot.isBeingSealed(request.user()))) {
			// A registration is sealed once, so this happens at most once for each
			// cancellation.
			return this.maintenance.finishSealing(this.event)
				.thenMany(Flux.defer(() -> readAndWrite(requests, attempts)));
		}
		if (attempts == 0 && !maintenanceInterfered(snapshot)) {
			return Flux.error(StorageException.Busy::new);
		}
		int left = Math.max(attempts, 1);
		NextWrite next = NextWrite.of(bookings(requests), cancellations, snapshot.freeSeats(),
				MongoEventRepository.MAX_ATTEMPTS - left);
		return write(next.requests(), next.others(), snapshot.sealed(), snapshot.cleanups(), left);
	}

	/**
	 * Another attempt is worthwhile after maintenance made the last one fail: maintenance
	 * ends when all full segments are sealed, so it cannot make attempts fail without
	 * end.
	 */
	private boolean maintenanceInterfered(EventSnapshot snapshot) {
		RegistrationWrite write = this.failed;
		return write != null && (write.segment() != snapshot.segment()
				|| (!write.sealedCancellations().isEmpty() && write.cleanups() != snapshot.cleanups()));
	}

	/**
	 * @param requests the requests of the write
	 * @param others the requests to decide after it
	 * @param sealed the sealed registrations of users that cancel
	 * @param cleanups the number of clean-ups of the event, read before {@code sealed}
	 */
	private Flux<Decision> write(List<Request> requests, List<Request> others, Map<String, SealedRegistration> sealed,
			int cleanups, int attempts) {
		List<Request> cancellations = cancellations(requests);
		List<Request> bookings = bookings(requests);
		Map<Boolean, List<String>> cancelled = userIds(cancellations).stream()
			.collect(Collectors.partitioningBy(sealed::containsKey));
		RegistrationWrite write = new RegistrationWrite(this.event, userIds(bookings), this.snapshots.segment(),
				cancelled.get(false), cancelled.get(true).stream().map(sealed::get).toList(), cleanups);
		Supplier<Flux<Decision>> rest = () -> readAndWrite(others, MongoEventRepository.MAX_ATTEMPTS);
		if (!write.isMixed() || this.collections.supportPipelineUpdates()) {
			return send(write, requests, rest, others, attempts);
		}
		return send(write.onlyCancellations(), cancellations,
				() -> send(write.onlyBookings(), bookings, rest, others, MongoEventRepository.MAX_ATTEMPTS),
				concat(bookings, others), attempts);
	}

	/**
	 * @param requests the requests of the write
	 * @param next what follows if the write matches
	 * @param others the requests to decide together with {@code requests} if it does not
	 */
	private Flux<Decision> send(RegistrationWrite write, List<Request> requests, Supplier<Flux<Decision>> next,
			List<Request> others, int attempts) {
		return write.send(this.events).flatMapMany((matched) -> {
			if (!matched) {
				this.failed = write;
				return readAndWrite(concat(requests, others), attempts - 1);
			}
			notifyMaintenance(write);
			return all(requests, RoundDecision::changed).concatWith(Flux.defer(next));
		});
	}

	private void notifyMaintenance(RegistrationWrite write) {
		if (!write.bookings().isEmpty()) {
			this.maintenance.booked(this.event, write.bookings().size());
		}
		if (!write.sealedCancellations().isEmpty()) {
			this.maintenance.released(this.event, write.sealedCancellations().size());
		}
	}

	static Outcome eventNotFound(Request request) {
		return (request instanceof Request.Booking) ? BookingOutcome.EVENT_NOT_FOUND : ReleaseOutcome.EVENT_NOT_FOUND;
	}

	private static Outcome changed(Request request) {
		return (request instanceof Request.Booking) ? BookingOutcome.BOOKED : ReleaseOutcome.RELEASED;
	}

	private static Outcome nothingToChange(Request request) {
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

	static List<Request> concat(List<Request> first, List<Request> second) {
		return Stream.concat(first.stream(), second.stream()).toList();
	}

	private static List<UserId> users(List<Request> requests) {
		return requests.stream().map(Request::user).toList();
	}

	static List<String> userIds(List<Request> requests) {
		return requests.stream().map(Request::user).map(UserId::value).toList();
	}

}
