package dev.lastseat.mongo;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.lastseat.booking.UserId;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Reads the state of an event for the decisions of one round, and remembers which page is
 * open: what is known of the users holds for as long as that one is, and the filter of a
 * write makes sure that it is. The first call is about all users of the round; one call
 * is under way at a time.
 */
final class Snapshots {

	private final MongoCollections collections;

	private final SealedHolders holders;

	private final ObjectId event;

	private final PageMemory memory;

	/** Entries that are known to be marked as released, for good. */
	private final Set<Document> marked = new HashSet<>();

	private int page;

	private @Nullable Set<String> suspects;

	/**
	 * @param memory of which page is open: where it is wrong, the first read says so
	 */
	Snapshots(MongoCollections collections, SealedHolders holders, ObjectId event, PageMemory memory) {
		this.collections = collections;
		this.holders = holders;
		this.event = event;
		this.memory = memory;
		this.page = memory.page();
	}

	/** The number of the open page, as far as is known. */
	int segment() {
		return this.page;
	}

	/**
	 * @return those of the users who may be registered on a sealed page. All others are
	 * not, as long as the page is open
	 */
	Mono<Set<String>> suspects(List<UserId> users) {
		Set<String> known = (this.page == 0) ? Set.of() : this.suspects;
		return (known != null) ? Mono.just(known)
				: this.holders.suspects(this.event, users.stream().map(UserId::value).toList(), this.page)
					.doOnNext((found) -> this.suspects = found);
	}

	/**
	 * @param cancelling whether any of the users cancels
	 * @return the event, as far as it concerns the users; empty when there is none
	 */
	Mono<Standing> read(List<UserId> users, boolean cancelling) {
		return Mono.defer(() -> suspects(users))
			.flatMap(
					(suspects) -> StorageErrors
						.read(Mono.from(this.collections.events()
							.aggregate(Standing.query(this.event, users, cancelling, !suspects.isEmpty()))))
						.map(Standing::of)
						.flatMap((standing) -> (standing.page() == this.page)
								? withSealed(users, cancelling, suspects, standing)
								: turnTo(standing.page()).then(read(users, cancelling))));
	}

	/**
	 * A seat may be taken when the event is read and given back when the entries are
	 * read. Then the event must not be called sold out, and is read once more. By then it
	 * is certain which of the entries count: they are marked for good.
	 */
	private Mono<Standing> withSealed(List<UserId> users, boolean cancelling, Set<String> suspects, Standing standing) {
		return this.holders.entries(this.event, suspects, this.page, standing.released()).flatMap((entries) -> {
			boolean news = this.marked
				.addAll(entries.stream().filter(Entry::released).map(Entry::pair).collect(Collectors.toSet()));
			return (news && standing.freeSeats() == 0) ? read(users, cancelling)
					: Mono.just(standing.with(counting(entries)));
		});
	}

	private static Map<String, Entry> counting(List<Entry> entries) {
		return entries.stream()
			.filter((entry) -> !entry.released())
			.collect(Collectors.toMap(Entry::user, Function.identity(), (first, second) -> second));
	}

	/**
	 * The open page is another one, so what is known of the users has to be asked again.
	 */
	private Mono<Void> turnTo(int page) {
		return Mono.fromRunnable(() -> {
			this.page = page;
			this.suspects = null;
			this.memory.turnTo(page);
		});
	}

}
