package dev.lastseat.mongo;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import dev.lastseat.booking.Decision;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.JournalEntry.Op;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.StorageMonitor;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.segments.SealedRegistration;
import dev.lastseat.mongo.segments.SealedUserLookup;
import dev.lastseat.mongo.segments.SegmentAccess;
import dev.lastseat.mongo.segments.SegmentMaintenance;
import dev.lastseat.mongo.segments.SegmentSize;
import org.bson.types.ObjectId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Opens this package to tests of the segments.
 */
public final class PackageAccess {

	private PackageAccess() {
	}

	public static EventRepository repository(MongoCollections collections, SegmentSize size) {
		return Repositories.of(collections, size);
	}

	/** The repository of a process with this maintenance. */
	public static EventRepository repository(MongoCollections collections, SegmentMaintenance maintenance) {
		return new MongoEventRepository(collections, maintenance, StorageMonitor.NONE, Clock.systemUTC(),
				SaleSettings.DEFAULT);
	}

	/** The repository of a process that writes no journal. */
	static EventRepository withoutJournal(MongoCollections collections) {
		return Repositories.of(collections, SegmentSize.DEFAULT, Clock.systemUTC(),
				new SaleSettings(SaleSettings.DEFAULT.maxHolds(), SaleSettings.DEFAULT.maxWaitingList(), false));
	}

	/** No change of an empty waiting list. */
	static final RoundWrite.Waiting NOBODY_WAITS = new RoundWrite.Waiting(WaitingList.EMPTY, List.of(), List.of(),
			List.of(), false);

	/**
	 * Sends the write that books users in an open segment.
	 * @return whether the event matched
	 */
	public static Mono<Boolean> book(MongoCollections collections, ObjectId event, List<String> users, int segment) {
		return booking(event, users, segment).send(collections.events());
	}

	/** The write that books users of an event without holds. */
	static RoundWrite booking(ObjectId event, List<String> users, int segment) {
		return new RoundWrite(event, Instant.now(), segment, users, List.of(), List.of(), SaleTerms.DEFAULT, List.of(),
				List.of(), List.of(), List.of(), RoundWrite.Kept.NOTHING, 0, true, NOBODY_WAITS,
				users.stream().map((user) -> new JournalLine(Op.BOOKED, new UserId(user))).toList(),
				SaleSettings.DEFAULT);
	}

	/**
	 * Sends the write that releases a sealed registration.
	 * @param cleanups the number of clean-ups of the event when the registration was read
	 * @return whether the event matched
	 */
	public static Mono<Boolean> release(MongoCollections collections, SealedRegistration registration, int cleanups) {
		return new RoundWrite(registration.event(), Instant.now(), 0, List.of(), List.of(), List.of(),
				SaleTerms.DEFAULT, List.of(), List.of(), List.of(), List.of(registration), RoundWrite.Kept.NOTHING,
				cleanups, true, NOBODY_WAITS, List.of(new JournalLine(Op.RELEASED, new UserId(registration.user()))),
				SaleSettings.DEFAULT)
			.send(collections.events());
	}

	/**
	 * Reads the event and the sealed registrations of users, as a refused booking does.
	 * @param segment the number of the open segment that the process remembers
	 */
	public static Mono<Snapshot> snapshot(MongoCollections collections, SealedUserLookup lookup, SegmentSize size,
			ObjectId event, int segment, List<UserId> users) {
		return new EventSnapshots(collections, lookup, event, SegmentAccess.memory(size, segment),
				new HoldMemory.OfAllEvents().of(event), Clock.systemUTC())
			.read(EventSnapshot.Question.of(users))
			.map((snapshot) -> new Snapshot(users.stream().filter(snapshot::registered).toList(),
					snapshot.freeSeats()));
	}

	/**
	 * Decides a round as a process that remembers nothing of the event.
	 */
	public static Flux<Decision> decide(MongoCollections collections, SealedUserLookup lookup,
			SegmentMaintenance maintenance, ObjectId event, List<Request> requests) {
		HoldMemory holds = new HoldMemory.OfAllEvents().of(event);
		EventSnapshots snapshots = new EventSnapshots(collections, lookup, event, maintenance.memory(event), holds,
				Clock.systemUTC());
		return new RoundDecision(collections, collections.events(), maintenance, event, snapshots, holds,
				Clock.systemUTC(), SaleSettings.DEFAULT)
			.decide(requests);
	}

	/**
	 * What a snapshot of an event says about the users that it was read for.
	 */
	public record Snapshot(List<UserId> registered, int freeSeats) {
	}

}
