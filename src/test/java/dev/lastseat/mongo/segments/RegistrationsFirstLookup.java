package dev.lastseat.mongo.segments;

import java.util.List;
import java.util.Set;

import dev.lastseat.mongo.MongoCollections;
import org.bson.Document;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

/**
 * A deliberate bug: reads the sealed registrations first and the list of released ones
 * second. A clean-up between the two reads removes a registration from that list.
 */
class RegistrationsFirstLookup extends SealedUserLookup {

	private final SealedRegistrations registrations;

	private List<SealedRegistration> read = List.of();

	RegistrationsFirstLookup(MongoCollections collections, SegmentMaintenance maintenance) {
		super(collections, maintenance);
		this.registrations = new SealedRegistrations(collections);
	}

	@Override
	public Mono<Set<String>> possiblySealed(ObjectId event, List<String> users, int belowSegment) {
		return this.registrations.unreleased(event, users, belowSegment)
			.collectList()
			.doOnNext((found) -> this.read = found)
			.then(super.possiblySealed(event, users, belowSegment));
	}

	@Override
	public Mono<List<SealedRegistration>> registrations(ObjectId event, Set<String> possiblySealed, int belowSegment,
			Set<Document> released) {
		return Mono.just(this.read.stream().filter((found) -> !released.contains(found.key())).toList());
	}

}
