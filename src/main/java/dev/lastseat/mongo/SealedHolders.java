package dev.lastseat.mongo;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import org.bson.Document;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

/**
 * Finds out who of some users holds a seat on a sealed page.
 */
class SealedHolders {

	final Entries entries;

	private final MongoCollections collections;

	SealedHolders(MongoCollections collections) {
		this.collections = collections;
		this.entries = new Entries(collections.registrations());
	}

	/**
	 * Nearly always one read that finds nothing. Where it finds entries, the event is
	 * asked which of them are given back, and then the entries are read once more, in
	 * this order: an entry leaves the event's list only when it is marked, so one that is
	 * not in the list, and is not marked after that, counted when the list was read.
	 * <p>
	 * Whoever is not among them has no entry on those pages that counts, and will have
	 * none.
	 * @param belowPage a number that the event's page has reached
	 */
	Mono<Set<String>> among(ObjectId event, List<String> users, int belowPage) {
		if (belowPage == 0) {
			return Mono.just(Set.of());
		}
		return this.entries.unreleased(event, users, belowPage)
			.map(Entry::user)
			.collect(Collectors.toSet())
			.flatMap((found) -> found.isEmpty() ? Mono.just(found) : counting(event, found, belowPage))
			.onErrorMap(StorageErrors::ofRead);
	}

	/**
	 * @param users who have an entry that is not marked
	 */
	Mono<Set<String>> counting(ObjectId event, Set<String> users, int belowPage) {
		return released(event).flatMap((released) -> this.entries.unreleased(event, users, belowPage)
			.filter((entry) -> !released.contains(entry.pair()))
			.map(Entry::user)
			.collect(Collectors.toSet()));
	}

	Mono<Set<Document>> released(ObjectId event) {
		return Mono
			.from(this.collections.events()
				.find(Filters.eq(EventDocument.ID, event))
				.projection(Projections.include(EventDocument.RELEASED)))
			.<Set<Document>>map(
					(found) -> new HashSet<>(EventDocument.list(found, EventDocument.RELEASED, Document.class)))
			.defaultIfEmpty(Set.of());
	}

}
