package dev.lastseat.mongo;

import java.util.Set;
import java.util.stream.Collectors;

import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

/**
 * How not to find out who is registered: entries first, then which of them are given
 * back. Between the two a clean-up takes an entry out of the list.
 */
class EntriesReadFirst extends SealedHolders {

	EntriesReadFirst(MongoCollections collections) {
		super(collections);
	}

	@Override
	Mono<Set<String>> counting(ObjectId event, Set<String> users, int belowPage) {
		return this.entries.unreleased(event, users, belowPage)
			.collectList()
			.flatMap((found) -> released(event).map((released) -> found.stream()
				.filter((entry) -> !released.contains(entry.pair()))
				.map(Entry::user)
				.collect(Collectors.toSet())));
	}

}
