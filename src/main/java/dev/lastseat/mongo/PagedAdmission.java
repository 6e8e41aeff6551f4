package dev.lastseat.mongo;

import java.util.List;
import java.util.Set;

import dev.lastseat.booking.UserId;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What one admission sends, and what it knows: the number of the open page, and who of
 * the group is registered on an earlier one. What it knows of the users holds for as long
 * as the page stays open, and the filter of the write makes sure that it is.
 * <p>
 * The first write or look is about the whole group, as is the look after a write that
 * booked nobody; nothing here is done at the same time.
 */
final class PagedAdmission {

	private final MongoCollections collections;

	private final SealedHolders holders;

	private final ObjectId event;

	private final PageMemory memory;

	private int page;

	private @Nullable Set<String> suspects;

	private @Nullable Set<String> registered;

	/**
	 * @param memory of which page is open: where it is wrong, the first look says so
	 */
	PagedAdmission(MongoCollections collections, SealedHolders holders, ObjectId event, PageMemory memory) {
		this.collections = collections;
		this.holders = holders;
		this.event = event;
		this.memory = memory;
		this.page = memory.page();
	}

	/**
	 * Books all of the users, or nobody. Who may be registered on an earlier page has to
	 * be looked at before.
	 * @return how many events have matched
	 */
	Mono<Long> write(List<UserId> users) {
		return suspects(users).map((suspects) -> (this.registered != null) ? this.registered : suspects)
			.flatMap((others) -> (users.stream().map(UserId::value).anyMatch(others::contains)) ? Mono.just(0L)
					: RegistrationWrites.booking(this.event, users, this.page).apply(this.collections.events()));
	}

	/**
	 * @return how things stand with the users; empty when there is no such event
	 */
	Mono<Standing> look(List<UserId> users) {
		return Mono.defer(() -> suspects(users))
			.flatMap((suspects) -> StorageErrors
				.read(Mono
					.from(this.collections.events().aggregate(Standing.query(this.event, users, !suspects.isEmpty()))))
				.map(Standing::of)
				.flatMap((standing) -> (standing.page() == this.page) ? withSealed(users, suspects, standing)
						: lookOn(standing.page(), users)));
	}

	/**
	 * A seat may be taken when the event is read and given back when the entries are
	 * read. Then the event must not be called sold out, and is read once more. By then it
	 * is certain which of the entries count: they are marked for good.
	 */
	private Mono<Standing> withSealed(List<UserId> users, Set<String> suspects, Standing standing) {
		Set<String> known = this.registered;
		if (known != null) {
			return Mono.just(standing.with(known));
		}
		return this.holders.counting(this.event, suspects, this.page, standing.released()).flatMap((counted) -> {
			this.registered = counted.registered();
			return (counted.mayHaveLeft() && standing.freeSeats() == 0) ? look(users)
					: Mono.just(standing.with(counted.registered()));
		});
	}

	/**
	 * The open page is another one, so what is known of the users has to be asked again.
	 */
	private Mono<Standing> lookOn(int page, List<UserId> users) {
		this.page = page;
		this.suspects = null;
		this.registered = null;
		this.memory.turnTo(page);
		return look(users);
	}

	private Mono<Set<String>> suspects(List<UserId> users) {
		Set<String> known = this.suspects;
		return (known != null) ? Mono.just(known)
				: this.holders.suspects(this.event, users.stream().map(UserId::value).toList(), this.page)
					.doOnNext((found) -> this.suspects = found);
	}

}
