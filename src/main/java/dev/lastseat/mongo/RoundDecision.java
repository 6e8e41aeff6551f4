package dev.lastseat.mongo;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.mongodb.reactivestreams.client.MongoCollection;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.Expiry;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.HoldReleaseOutcome;
import dev.lastseat.booking.JoinOutcome;
import dev.lastseat.booking.LeaveOutcome;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.PartyHoldOutcome;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.StorageException;
import dev.lastseat.mongo.EventSnapshot.Question;
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

	/** The number of failed attempts up to which a write contains all requests. */
	private static final int FULL_ATTEMPTS = 3;

	private final MongoCollections collections;

	private final MongoCollection<Document> events;

	private final SegmentMaintenance maintenance;

	private final ObjectId event;

	private final EventSnapshots snapshots;

	private final HoldMemory holds;

	private final Clock clock;

	private final SaleSettings settings;

	/** The last write that did not match. */
	private @Nullable RoundWrite failed;

	private boolean refusedSeats;

	private boolean refusedCancellation;

	/**
	 * @param events the collection for the writes
	 * @param holds what is remembered about the holds of the event
	 * @param clock for windows and holds
	 * @param settings limits of the event
	 */
	RoundDecision(MongoCollections collections, MongoCollection<Document> events, SegmentMaintenance maintenance,
			ObjectId event, EventSnapshots snapshots, HoldMemory holds, Clock clock, SaleSettings settings) {
		this.collections = collections;
		this.events = events;
		this.maintenance = maintenance;
		this.event = event;
		this.snapshots = snapshots;
		this.holds = holds;
		this.clock = clock;
		this.settings = settings;
	}

	/**
	 * Reads first if a refusal or an unknown hold is likely, if users wait, if a user may
	 * have a sealed registration, or if a write needs values that are not known.
	 * Otherwise writes first. A refusal or an unknown hold counts as likely for several
	 * requests only.
	 * @return exactly one decision for each request
	 */
	Flux<Decision> decide(List<Request> requests) {
		SegmentMemory memory = this.maintenance.memory(this.event);
		boolean readFirst = (requests.size() > 1 && (memory.expectsRefusal(requests) || this.holds.wasOutdated()))
				|| this.holds.hasWaiting() || !requests.stream().allMatch(this.holds::suffices);
		return this.snapshots.possiblySealed(Question.users(requests))
			.flatMapMany((possiblySealed) -> (readFirst || !possiblySealed.isEmpty())
					? readAndWrite(requests, MongoEventRepository.MAX_ATTEMPTS) : writeFirst(requests))
			.doOnNext(this::noteRefusal)
			.doOnComplete(() -> memory.updateRefusals(requests, this.refusedSeats, this.refusedCancellation));
	}

	private void noteRefusal(Decision decision) {
		if (!decision.outcome().changedEvent()) {
			this.refusedSeats |= decision.request().takesSeats();
			this.refusedCancellation |= isCancellation(decision);
		}
	}

	/**
	 * Reads after all if this process has forgotten a hold, or has learned of one, since
	 * its memory was found sufficient. Other requests of the process change the memory.
	 */
	private Flux<Decision> writeFirst(List<Request> requests) {
		EventSnapshot assumed = EventSnapshot.assumed(requests, this.holds);
		RoundPlan plan = RoundPlan.of(assumed, requests, now(), this.settings, requests.size());
		return plan.decided().isEmpty() ? write(plan, !this.holds.hasHolds(), MongoEventRepository.MAX_ATTEMPTS)
				: readAndWrite(requests, MongoEventRepository.MAX_ATTEMPTS);
	}

	/**
	 * Offers free seats, and those of expired holds, to waiting users: as many as one
	 * write can.
	 * @return what the write did; empty if nothing can be offered
	 */
	Mono<Expiry> offer() {
		return offer(MongoEventRepository.MAX_ATTEMPTS);
	}

	private Mono<Expiry> offer(int attempts) {
		return this.snapshots.read(Question.of(List.<Request>of()))
			.map((snapshot) -> RoundPlan.of(snapshot, List.of(), now(), this.settings, 1))
			.filter(RoundPlan::makesOffers)
			.flatMap((plan) -> {
				RoundWrite write = plan.write(this.event, this.snapshots.segment(), false);
				return write.send(this.events).flatMap((matched) -> {
					if (matched) {
						noteWritten(write);
						return Mono.just(plan.expiry(this.event));
					}
					return (attempts > 1) ? offer(attempts - 1) : Mono.error(StorageException.Busy::new);
				});
			});
	}

	/** In milliseconds, as times are stored. */
	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

	private Flux<Decision> readAndWrite(List<Request> requests, int attempts) {
		if (requests.isEmpty()) {
			return Flux.empty();
		}
		return this.snapshots.read(Question.of(requests))
			.map((snapshot) -> decide(requests, snapshot, attempts))
			.defaultIfEmpty(all(requests, RoundDecision::eventNotFound))
			.flatMapMany(Function.identity());
	}

	private Flux<Decision> decide(List<Request> requests, EventSnapshot snapshot, int attempts) {
		RoundPlan plan = RoundPlan.of(snapshot, requests, now(), this.settings,
				limit(requests.size(), Math.max(attempts, 1)));
		return Flux.fromIterable(plan.decided()).concatWith(Flux.defer(() -> {
			if (plan.planned().isEmpty() && !plan.makesOffers()) {
				return oneByOne(plan.others());
			}
			if (plan.cancellations().stream().anyMatch(snapshot::isBeingSealed)) {
				// A registration is sealed once, so this happens at most once for each
				// cancellation.
				return this.maintenance.finishSealing(this.event)
					.thenMany(Flux.defer(() -> readAndWrite(undecided(plan), attempts)));
			}
			if (attempts == 0 && !maintenanceInterfered(snapshot)) {
				// Offers alone are left to the next round or sweep.
				return undecided(plan).isEmpty() ? Flux.empty() : Flux.error(StorageException.Busy::new);
			}
			return write(plan, snapshot.held() == 0, Math.max(attempts, 1));
		}));
	}

	/**
	 * The requests that hinder each other although none of them can be written: each
	 * needs the seat of an expired hold that another one may confirm. The first one alone
	 * is decided by the next read.
	 */
	private Flux<Decision> oneByOne(List<Request> requests) {
		return requests.isEmpty() ? Flux.empty()
				: readAndWrite(requests.subList(0, 1), MongoEventRepository.MAX_ATTEMPTS).concatWith(Flux.defer(
						() -> readAndWrite(requests.subList(1, requests.size()), MongoEventRepository.MAX_ATTEMPTS)));
	}

	/**
	 * The more requests a write contains, the likelier another writer changes a condition
	 * of one of them between the read and the write. So after some attempts each attempt
	 * has half as many requests as the one before, and at least one.
	 * @param attempts that are left, this one included
	 */
	private static int limit(int requests, int attempts) {
		int halvings = Math.max(0, MongoEventRepository.MAX_ATTEMPTS - attempts - FULL_ATTEMPTS);
		return Math.max(1, requests >> halvings);
	}

	/**
	 * Another attempt is worthwhile after maintenance made the last one fail: maintenance
	 * ends when all full segments are sealed, so it cannot make attempts fail without
	 * end.
	 */
	private boolean maintenanceInterfered(EventSnapshot snapshot) {
		RoundWrite write = this.failed;
		return write != null && (write.segment() != snapshot.segment()
				|| (!write.unreleased().isEmpty() && write.cleanups() != snapshot.cleanups()));
	}

	/**
	 * @param withoutHolds whether the event is expected to have no holds
	 */
	private Flux<Decision> write(RoundPlan plan, boolean withoutHolds, int attempts) {
		RoundWrite write = plan.write(this.event, this.snapshots.segment(), withoutHolds);
		Supplier<Flux<Decision>> rest = () -> readAndWrite(plan.others(), MongoEventRepository.MAX_ATTEMPTS);
		if (!write.isMixed() || this.collections.supportPipelineUpdates()) {
			return send(write, plan.planned(), rest, plan.others(), attempts);
		}
		List<Decision> cancelled = plan.planned().stream().filter(RoundDecision::isCancellation).toList();
		List<Decision> others = plan.planned().stream().filter((decision) -> !isCancellation(decision)).toList();
		return send(write.onlyCancellations(), cancelled,
				() -> send(write.withoutCancellations(), others, rest, plan.others(),
						MongoEventRepository.MAX_ATTEMPTS),
				Stream.concat(requests(others).stream(), plan.others().stream()).toList(), attempts);
	}

	private static boolean isCancellation(Decision decision) {
		return decision.request() instanceof Request.Cancellation;
	}

	/**
	 * @param planned the decisions if the write matches
	 * @param next what follows if the write matches
	 * @param others the requests to decide together with those of the write if it does
	 * not match
	 */
	private Flux<Decision> send(RoundWrite write, List<Decision> planned, Supplier<Flux<Decision>> next,
			List<Request> others, int attempts) {
		return write.send(this.events).flatMapMany((matched) -> {
			if (!matched) {
				this.failed = write;
				return readAndWrite(Stream.concat(requests(planned).stream(), others.stream()).toList(), attempts - 1);
			}
			noteWritten(write);
			return Flux.fromIterable(planned).concatWith(Flux.defer(next));
		});
	}

	private void noteWritten(RoundWrite write) {
		this.holds.written(write);
		this.maintenance.written(this.event, write.registrations(), write.journalEntries());
		if (!write.sealedCancellations().isEmpty()) {
			this.maintenance.released(this.event, write.sealedCancellations().size());
		}
	}

	static Outcome eventNotFound(Request request) {
		if (request instanceof Request.Booking) {
			return BookingOutcome.EVENT_NOT_FOUND;
		}
		if (request instanceof Request.Cancellation) {
			return ReleaseOutcome.EVENT_NOT_FOUND;
		}
		if (request instanceof Request.Holding) {
			return HoldOutcome.refused(HoldOutcome.Kind.EVENT_NOT_FOUND);
		}
		if (request instanceof Request.HoldRelease) {
			return HoldReleaseOutcome.EVENT_NOT_FOUND;
		}
		if (request instanceof Request.Joining) {
			return JoinOutcome.refused(JoinOutcome.Kind.EVENT_NOT_FOUND);
		}
		if (request instanceof Request.Leaving) {
			return LeaveOutcome.EVENT_NOT_FOUND;
		}
		return (request instanceof Request.PartyBooking) ? PartyOutcome.refused(PartyOutcome.Kind.EVENT_NOT_FOUND)
				: PartyHoldOutcome.refused(HoldOutcome.Kind.EVENT_NOT_FOUND);
	}

	static Flux<Decision> all(List<Request> requests, Function<Request, Outcome> outcome) {
		return Flux.fromIterable(requests).map((request) -> new Decision(request, outcome.apply(request)));
	}

	private static List<Request> requests(List<Decision> decisions) {
		return decisions.stream().map(Decision::request).toList();
	}

	private static List<Request> undecided(RoundPlan plan) {
		return Stream.concat(requests(plan.planned()).stream(), plan.others().stream()).toList();
	}

}
