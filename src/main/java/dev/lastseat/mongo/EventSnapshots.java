package dev.lastseat.mongo;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.EventSnapshot.Question;
import dev.lastseat.mongo.segments.SealedRegistration;
import dev.lastseat.mongo.segments.SealedRegistrations;
import dev.lastseat.mongo.segments.SealedUserLookup;
import dev.lastseat.mongo.segments.SegmentMemory;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Reads the state of an event for the decisions of one round, and remembers which segment
 * is open. What is known about the users is valid while that segment is open; the filter
 * of each write checks that it still is. The first call must contain all users of the
 * round, and calls must not overlap.
 */
final class EventSnapshots {

	private final MongoCollections collections;

	private final SealedUserLookup sealedUsers;

	private final ObjectId event;

	private final SegmentMemory memory;

	private final HoldMemory holdMemory;

	private final Clock clock;

	/** Keys of sealed registrations that are known to be marked as released. */
	private final Set<Document> knownReleased = new HashSet<>();

	private int segment;

	private @Nullable Set<String> possiblySealed;

	/**
	 * @param memory gives the number of the open segment. If that is outdated, the first
	 * read corrects it
	 * @param holdMemory is updated by each read
	 * @param clock decides which holds are expired
	 */
	EventSnapshots(MongoCollections collections, SealedUserLookup sealedUsers, ObjectId event, SegmentMemory memory,
			HoldMemory holdMemory, Clock clock) {
		this.collections = collections;
		this.sealedUsers = sealedUsers;
		this.event = event;
		this.memory = memory;
		this.holdMemory = holdMemory;
		this.clock = clock;
		this.segment = memory.segment();
	}

	/** The number of the open segment, as read last or as remembered. */
	int segment() {
		return this.segment;
	}

	/**
	 * @return the users that may be registered in a sealed segment. All other users are
	 * not, while the segment is open
	 */
	Mono<Set<String>> possiblySealed(List<UserId> users) {
		Set<String> known = (this.segment == 0) ? Set.of() : this.possiblySealed;
		return (known != null) ? Mono.just(known)
				: this.sealedUsers.possiblySealed(this.event, users.stream().map(UserId::value).toList(), this.segment)
					.doOnNext((found) -> this.possiblySealed = found);
	}

	/**
	 * Reads again if another segment is open than was known, or if there are holds after
	 * all.
	 * @return the state of the event; empty if it does not exist
	 */
	Mono<EventSnapshot> read(Question question) {
		return Mono.defer(() -> read(question, question.users().size() == 1 || !this.holdMemory.hadNoHolds()));
	}

	private Mono<EventSnapshot> read(Question question, boolean withHolds) {
		return possiblySealed(question.users()).flatMap((possiblySealed) -> StorageErrors
			.read(Mono.from(this.collections.events()
				.aggregate(EventSnapshot.query(this.event, question, this.clock.instant(), withHolds,
						!possiblySealed.isEmpty()))))
			.map((answer) -> EventSnapshot.of(answer, question))
			.flatMap((snapshot) -> (!withHolds && snapshot.held() > 0) ? read(question, true)
					: withSealed(question, possiblySealed, snapshot)));
	}

	/**
	 * Adds the sealed registrations. A seat that is taken when the event is read may be
	 * free when the registrations are read, and then the event must not be reported as
	 * sold out. So the event is read again. By then it is certain which of the
	 * registrations count, since a mark as released is never removed.
	 */
	private Mono<EventSnapshot> withSealed(Question question, Set<String> possiblySealed, EventSnapshot snapshot) {
		this.holdMemory.read(snapshot, question.users());
		if (snapshot.segment() != this.segment) {
			return updateSegment(snapshot.segment()).then(read(question));
		}
		return this.sealedUsers.registrations(this.event, possiblySealed, this.segment, snapshot.released())
			.flatMap((registrations) -> {
				boolean newlyReleased = this.knownReleased.addAll(registrations.stream()
					.filter(SealedRegistration::released)
					.map(SealedRegistration::key)
					.collect(Collectors.toSet()));
				return (newlyReleased && snapshot.freeSeats() < question.users().size()) ? read(question)
						: Mono.just(snapshot.with(unreleased(registrations)));
			});
	}

	private static Map<String, SealedRegistration> unreleased(List<SealedRegistration> registrations) {
		return registrations.stream()
			.filter((registration) -> !registration.released())
			.collect(Collectors.toMap(SealedRegistration::user, Function.identity(), (first, second) -> second));
	}

	/**
	 * Forgets what is known about the users: it was true for the segment before.
	 */
	private Mono<Void> updateSegment(int segment) {
		return Mono.fromRunnable(() -> {
			this.segment = segment;
			this.possiblySealed = null;
			this.memory.updateSegment(segment);
		});
	}

}
