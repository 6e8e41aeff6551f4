package dev.lastseat.mongo;

import java.util.List;
import java.util.Set;

import org.bson.Document;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

/**
 * How not to find out who is registered: entries first, then which of them are given
 * back. Between the two a clean-up takes an entry out of the list.
 */
class EntriesReadFirst extends SealedHolders {

	private final Entries entries;

	private List<Entry> found = List.of();

	EntriesReadFirst(MongoCollections collections, Housekeeping housekeeping) {
		super(collections, housekeeping);
		this.entries = new Entries(collections);
	}

	@Override
	Mono<Set<String>> suspects(ObjectId event, List<String> users, int belowPage) {
		return this.entries.unreleased(event, users, belowPage)
			.collectList()
			.doOnNext((read) -> this.found = read)
			.then(super.suspects(event, users, belowPage));
	}

	@Override
	Mono<List<Entry>> entries(ObjectId event, Set<String> suspects, int belowPage, Set<Document> released) {
		return Mono.just(this.found.stream().filter((entry) -> !released.contains(entry.pair())).toList());
	}

}
