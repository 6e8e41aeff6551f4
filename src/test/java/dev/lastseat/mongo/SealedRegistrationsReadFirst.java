package dev.lastseat.mongo;

import java.util.List;
import java.util.Set;

import dev.lastseat.mongo.segments.SealedRegistration;
import dev.lastseat.mongo.segments.SealedRegistrations;
import dev.lastseat.mongo.segments.SealedUserLookup;
import dev.lastseat.mongo.segments.SegmentMaintenance;
import org.bson.Document;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

/**
 * How not to find out who is registered: entries first, then which of them are given
 * back. Between the two a clean-up takes an entry out of the list.
 */
class SealedRegistrationsReadFirst extends SealedUserLookup {

	private final SealedRegistrations entries;

	private List<SealedRegistration> found = List.of();

	SealedRegistrationsReadFirst(MongoCollections collections, SegmentMaintenance maintenance) {
		super(collections, maintenance);
		this.entries = new SealedRegistrations(collections);
	}

	@Override
	public Mono<Set<String>> possiblySealed(ObjectId event, List<String> users, int belowPage) {
		return this.entries.unreleased(event, users, belowPage)
			.collectList()
			.doOnNext((read) -> this.found = read)
			.then(super.possiblySealed(event, users, belowPage));
	}

	@Override
	public Mono<List<SealedRegistration>> registrations(ObjectId event, Set<String> possiblySealed, int belowPage,
			Set<Document> released) {
		return Mono.just(this.found.stream().filter((entry) -> !released.contains(entry.key())).toList());
	}

}
