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
 * Finds the users that have a registration in a sealed segment of an event, in two steps:
 * the caller reads the event between them.
 */
public class SealedUserLookup {

	private final SealedRegistrations registrations;

	private final SegmentMaintenance maintenance;

	/**
	 * @param maintenance knows the sealed users that are loaded
	 */
	public SealedUserLookup(MongoCollections collections, SegmentMaintenance maintenance) {
		this.registrations = new SealedRegistrations(collections);
		this.maintenance = maintenance;
	}

	/**
	 * First step: the users that may have a registration in a segment below this one,
	 * usually none. All other users have none that counts, and will not have one. Needs a
	 * read only if the sealed users are not loaded.
	 * @param belowSegment a number that the event's open segment has reached, 1 or more
	 */
	public Mono<Set<String>> possiblySealed(ObjectId event, List<String> users, int belowSegment) {
		return this.maintenance.sealedUsers()
			.possiblySealed(event, users, belowSegment)
			.map(Mono::just)
			.orElseGet(() -> readPossiblySealed(event, users, belowSegment));
	}

	/**
	 * The same without a read; all users if the sealed users are not loaded.
	 */
	public Set<String> possiblySealedFromMemory(ObjectId event, List<String> users, int belowSegment) {
		return this.maintenance.sealedUsers()
			.possiblySealed(event, users, belowSegment)
			.orElseGet(() -> Set.copyOf(users));
	}

	private Mono<Set<String>> readPossiblySealed(ObjectId event, List<String> users, int belowSegment) {
		this.maintenance.sealedUsersMissed(event, belowSegment);
		return StorageErrors.read(this.registrations.unreleased(event, users, belowSegment)
			.map(SealedRegistration::user)
			.collect(Collectors.toSet()));
	}

	/**
	 * Second step: the sealed registrations of these users, without those that the event
	 * lists as released. A registration is marked before it leaves that list. So a
	 * registration that is neither in the list nor marked counted when the list was read.
	 * @param possiblySealed the result of the first step
	 * @param released the list, read from the event between the steps
	 */
	public Mono<List<SealedRegistration>> registrations(ObjectId event, Set<String> possiblySealed, int belowSegment,
			Set<Document> released) {
		return possiblySealed.isEmpty() ? Mono.just(List.of()) : StorageErrors.read(this.registrations
			.ofUsers(event, List.copyOf(possiblySealed))
			.filter((registration) -> registration.segment() < belowSegment && !released.contains(registration.key()))
			.collectList());
	}

}
