package dev.lastseat.mongo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.JournalEntry;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.UserId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Executes the entries of a journal in their order. The journal is correct if each entry
 * is possible after the entries before it, and the result is the stored event. A missing
 * entry and a duplicate one change the result, or make a later entry impossible.
 */
public final class JournalReplay {

	private static final int ENTRIES_PER_PAGE = 100;

	private final Set<UserId> registered = new HashSet<>();

	private final Set<UserId> holding = new HashSet<>();

	private final Set<UserId> waiting = new LinkedHashSet<>();

	private JournalReplay() {
	}

	/** Reads the whole journal, page by page. */
	public static Mono<List<JournalEntry>> read(EventRepository repository, EventId event) {
		return repository.journal(event, 0, ENTRIES_PER_PAGE)
			.expand((page) -> (page.next() != null) ? repository.journal(event, page.next(), ENTRIES_PER_PAGE)
					: Mono.empty())
			.flatMapIterable(Page::items)
			.collectList();
	}

	/**
	 * @param ledger the stored event, which was created without registrations
	 * @return the first violation; null if the journal is correct
	 */
	public static @Nullable String violation(List<JournalEntry> journal, Ledger ledger) {
		JournalReplay replay = new JournalReplay();
		for (int index = 0; index < journal.size(); index++) {
			JournalEntry entry = journal.get(index);
			if (entry.seq() != index + 1) {
				return "entry " + (index + 1) + " has the position " + entry.seq() + ": " + journal;
			}
			if (!replay.executes(entry)) {
				return "impossible entry: " + entry + " in " + journal;
			}
		}
		return replay.results(ledger) ? null : "the journal does not result in " + ledger + ": " + journal;
	}

	private boolean executes(JournalEntry entry) {
		UserId user = entry.user();
		return switch (entry.op()) {
			case BOOKED -> isFree(user) && this.registered.add(user);
			case RELEASED -> this.registered.remove(user);
			case HELD -> isFree(user) && this.holding.add(user);
			case CONFIRMED -> this.holding.remove(user) && this.registered.add(user);
			case EXPIRED, HOLD_RELEASED, DECLINED -> this.holding.remove(user);
			case JOINED -> isFree(user) && this.waiting.add(user);
			case LEFT -> this.waiting.remove(user);
			case OFFERED -> this.waiting.remove(user) && this.holding.add(user);
			case CAPACITY_CHANGED -> user == null;
			case CANCELLED -> false;
		};
	}

	private boolean isFree(@Nullable UserId user) {
		return user != null && !this.registered.contains(user) && !this.holding.contains(user)
				&& !this.waiting.contains(user);
	}

	private boolean results(Ledger ledger) {
		return this.registered.equals(Set.copyOf(ledger.registrations()))
				&& this.holding.equals(ledger.holds().stream().map(Hold::user).collect(Collectors.toSet()))
				&& new ArrayList<>(this.waiting).equals(ledger.waiting());
	}

}
