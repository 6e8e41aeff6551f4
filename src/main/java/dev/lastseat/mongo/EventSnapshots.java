package dev.lastseat.mongo;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.lastseat.booking.UserId;
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
 * is open: what is known of the users holds for as long as that one is, and the filter of
 * a write makes sure that it is. The first call is about all users of the round; one call
 * is under way at a time.
 */
final class EventSnapshots {

	private final MongoCollections collections;

	private final SealedUserLookup holders;

	private final ObjectId event;

	private final SegmentMemory memory;

	/** SealedRegistrations that are known to be marked as released, for good. */
	private final Set<Document> marked = new HashSet<>();

	private int segment;

	private @Nullable Set<String> possiblySealed;

	/**
	 * @param memory of which segment is open: where it is wrong, the first read says so
	 */
	EventSnapshots(MongoCollections collections, SealedUserLookup holders, ObjectId event, SegmentMemory memory) {
		this.collections = collections;
		this.holders = holders;
		this.event = event;
		this.memory = memory;
		this.segment = memory.segment();
	}

	/** The number of the open segment, as far as is known. */
	int segment() {
		return this.segment;
	}

	/**
	 * @return those of the users who may be registered on a sealed segment. All others
	 * are not, as long as the segment is open
	 */
	Mono<Set<String>> possiblySealed(List<UserId> users) {
		Set<String> known = (this.segment == 0) ? Set.of() : this.possiblySealed;
		return (known != null) ? Mono.just(known)
				: this.holders.possiblySealed(this.event, users.stream().map(UserId::value).toList(), this.segment)
					.doOnNext((found) -> this.possiblySealed = found);
	}

	/**
	 * @param cancelling whether any of the users cancels
	 * @return the event, as far as it concerns the users; empty when there is none
	 */
	Mono<EventSnapshot> read(List<UserId> users, boolean cancelling) {
		return Mono.defer(() -> possiblySealed(users))
			.flatMap((possiblySealed) -> StorageErrors
				.read(Mono.from(this.collections.events()
					.aggregate(EventSnapshot.query(this.event, users, cancelling, !possiblySealed.isEmpty()))))
				.map(EventSnapshot::of)
				.flatMap((standing) -> (standing.segment() == this.segment)
						? withSealed(users, cancelling, possiblySealed, standing)
						: updateSegment(standing.segment()).then(read(users, cancelling))));
	}

	/**
	 * A seat may be taken when the event is read and given back when the entries are
	 * read. Then the event must not be called sold out, and is read once more. By then it
	 * is certain which of the entries count: they are marked for good.
	 */
	private Mono<EventSnapshot> withSealed(List<UserId> users, boolean cancelling, Set<String> possiblySealed,
			EventSnapshot standing) {
		return this.holders.registrations(this.event, possiblySealed, this.segment, standing.released())
			.flatMap((entries) -> {
				boolean news = this.marked.addAll(entries.stream()
					.filter(SealedRegistration::released)
					.map(SealedRegistration::key)
					.collect(Collectors.toSet()));
				return (news && standing.freeSeats() == 0) ? read(users, cancelling)
						: Mono.just(standing.with(counting(entries)));
			});
	}

	private static Map<String, SealedRegistration> counting(List<SealedRegistration> entries) {
		return entries.stream()
			.filter((entry) -> !entry.released())
			.collect(Collectors.toMap(SealedRegistration::user, Function.identity(), (first, second) -> second));
	}

	/**
	 * The open segment is another one, so what is known of the users has to be asked
	 * again.
	 */
	private Mono<Void> updateSegment(int segment) {
		return Mono.fromRunnable(() -> {
			this.segment = segment;
			this.possiblySealed = null;
			this.memory.updateSegment(segment);
		});
	}

}
