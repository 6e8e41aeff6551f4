package dev.lastseat.mongo;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.bson.Document;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

/**
 * Finds out who is registered on the sealed pages of an event, in two steps, between
 * which the event is read.
 */
class SealedHolders {

	private final Entries entries;

	private final Housekeeping housekeeping;

	/**
	 * @param housekeeping remembers who may be there
	 */
	SealedHolders(MongoCollections collections, Housekeeping housekeeping) {
		this.entries = new Entries(collections);
		this.housekeeping = housekeeping;
	}

	/**
	 * Those who may be registered on pages below one: nearly always nobody, and then
	 * nobody of the users has an entry there that counts, or will have one. Where it is
	 * not remembered it takes a read.
	 * @param belowPage a number that the event's page has reached, 1 or more
	 */
	Mono<Set<String>> suspects(ObjectId event, List<String> users, int belowPage) {
		return this.housekeeping.users()
			.among(event, users, belowPage)
			.map(Mono::just)
			.orElseGet(() -> asked(event, users, belowPage));
	}

	private Mono<Set<String>> asked(ObjectId event, List<String> users, int belowPage) {
		this.housekeeping.asked(event, belowPage);
		return unreleased(event, users, belowPage);
	}

	/**
	 * The entries of users that the event does not list as given back. An entry leaves
	 * that list only when it is marked. So an entry that is neither in the list nor
	 * marked after the list was read, counted when it was.
	 * @param suspects who may be registered there
	 * @param released the list, which was read before
	 */
	Mono<List<Entry>> entries(ObjectId event, Set<String> suspects, int belowPage, Set<Document> released) {
		return suspects.isEmpty() ? Mono.just(List.of())
				: StorageErrors.read(this.entries.ofUsers(event, List.copyOf(suspects))
					.filter((entry) -> entry.page() < belowPage && !released.contains(entry.pair()))
					.collectList());
	}

	private Mono<Set<String>> unreleased(ObjectId event, List<String> users, int belowPage) {
		return StorageErrors
			.read(this.entries.unreleased(event, users, belowPage).map(Entry::user).collect(Collectors.toSet()));
	}

}
