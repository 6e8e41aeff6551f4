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
	 * @param belowPage a number that the event's page has reached
	 */
	Mono<Set<String>> suspects(ObjectId event, List<String> users, int belowPage) {
		if (belowPage == 0) {
			return Mono.just(Set.of());
		}
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
	 * Those who are registered there. An entry leaves the event's list of those that are
	 * given back only when it is marked. So one that is not in the list, and is not
	 * marked after the list was read, counted when it was.
	 * @param suspects who may be
	 * @param released the list, which was read before
	 */
	Mono<Counted> counting(ObjectId event, Set<String> suspects, int belowPage, Set<Document> released) {
		return suspects.isEmpty() ? Mono.just(Counted.NONE)
				: StorageErrors
					.read(this.entries.ofUsers(event, List.copyOf(suspects))
						.filter((entry) -> entry.page() < belowPage && !released.contains(entry.pair()))
						.collectList())
					.map(Counted::of);
	}

	private Mono<Set<String>> unreleased(ObjectId event, List<String> users, int belowPage) {
		return StorageErrors
			.read(this.entries.unreleased(event, users, belowPage).map(Entry::user).collect(Collectors.toSet()));
	}

	/**
	 * What the entries of users say.
	 *
	 * @param registered those of the users who counted when the list was read
	 * @param mayHaveLeft whether another one may have counted then and is not registered
	 * now: the entry is marked, and was not in the list
	 */
	record Counted(Set<String> registered, boolean mayHaveLeft) {

		static final Counted NONE = new Counted(Set.of(), false);

		/**
		 * @param entries that were not in the list
		 */
		private static Counted of(List<Entry> entries) {
			Set<String> registered = entries.stream()
				.filter((entry) -> !entry.released())
				.map(Entry::user)
				.collect(Collectors.toSet());
			return new Counted(registered, entries.stream().anyMatch((entry) -> !registered.contains(entry.user())));
		}

	}

}
