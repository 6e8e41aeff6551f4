package dev.lastseat.mongo.segments;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.lastseat.mongo.MongoCollections;
import dev.lastseat.mongo.StorageErrors;
import org.bson.Document;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

/**
 * Finds out who is registered on the sealed segments of an event, in two steps, between
 * which the event is read.
 */
public class SealedUserLookup {

	private final SealedRegistrations entries;

	private final SegmentMaintenance maintenance;

	/**
	 * @param maintenance remembers who may be there
	 */
	public SealedUserLookup(MongoCollections collections, SegmentMaintenance maintenance) {
		this.entries = new SealedRegistrations(collections);
		this.maintenance = maintenance;
	}

	/**
	 * Those who may be registered on segments below one: nearly always nobody, and then
	 * nobody of the users has an entry there that counts, or will have one. Where it is
	 * not remembered it takes a read.
	 * @param belowSegment a number that the event's segment has reached, 1 or more
	 */
	public Mono<Set<String>> possiblySealed(ObjectId event, List<String> users, int belowSegment) {
		return this.maintenance.sealedUsers()
			.possiblySealed(event, users, belowSegment)
			.map(Mono::just)
			.orElseGet(() -> asked(event, users, belowSegment));
	}

	private Mono<Set<String>> asked(ObjectId event, List<String> users, int belowSegment) {
		this.maintenance.asked(event, belowSegment);
		return unreleased(event, users, belowSegment);
	}

	/**
	 * The entries of users that the event does not list as given back. An entry leaves
	 * that list only when it is marked. So an entry that is neither in the list nor
	 * marked after the list was read, counted when it was.
	 * @param possiblySealed who may be registered there
	 * @param released the list, which was read before
	 */
	public Mono<List<SealedRegistration>> registrations(ObjectId event, Set<String> possiblySealed, int belowSegment,
			Set<Document> released) {
		return possiblySealed.isEmpty() ? Mono.just(List.of())
				: StorageErrors.read(this.entries.ofUsers(event, List.copyOf(possiblySealed))
					.filter((entry) -> entry.segment() < belowSegment && !released.contains(entry.key()))
					.collectList());
	}

	private Mono<Set<String>> unreleased(ObjectId event, List<String> users, int belowSegment) {
		return StorageErrors.read(this.entries.unreleased(event, users, belowSegment)
			.map(SealedRegistration::user)
			.collect(Collectors.toSet()));
	}

}
