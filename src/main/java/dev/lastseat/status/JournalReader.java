package dev.lastseat.status;

import java.util.List;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.JournalEntry;
import dev.lastseat.booking.Page;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads the journal of an event for one subscriber, each page after the one before. Used
 * for one read at a time.
 */
final class JournalReader {

	/** About 80 KB as JSON. */
	static final int PAGE_SIZE = 1_000;

	private final LiveJournal.Pages journal;

	private final EventId event;

	private final long after;

	/** The position of the last entry that was read. */
	private long position;

	private boolean atEnd;

	/**
	 * The first page begins with the last entry that the subscriber has: if that reports
	 * the deletion of the event, no other will show it.
	 * @param after the position of the last entry that the subscriber has; 0 for none
	 */
	JournalReader(LiveJournal.Pages journal, EventId event, long after) {
		this.journal = journal;
		this.event = event;
		this.after = after;
		this.position = Math.max(after - 1, 0);
	}

	/**
	 * Reads the pages up to the end of the journal. A page is read when it is requested.
	 */
	Flux<JournalUpdate> updates() {
		// Unlike a Mono, which begins to read when it is subscribed to, concatMap without
		// prefetch waits for a request.
		return Flux.just(PAGE_SIZE).hide().concatMap(this::read, 0).repeat(() -> !this.atEnd);
	}

	private Mono<JournalUpdate> read(int limit) {
		return Mono.defer(() -> this.journal.read(this.event, this.position, limit))
			.retryWhen(StreamTiming.STORAGE_RETRY)
			.map(this::toUpdate)
			.switchIfEmpty(Mono.fromSupplier(this::close))
			.filter((update) -> update.last() || !update.entries().isEmpty());
	}

	private JournalUpdate toUpdate(Page<JournalEntry, Long> page) {
		List<JournalEntry> entries = page.items();
		this.atEnd = page.next() == null;
		if (entries.isEmpty()) {
			return new JournalUpdate(entries, false);
		}
		JournalEntry last = entries.get(entries.size() - 1);
		this.position = last.seq();
		return new JournalUpdate(entries.stream().filter((entry) -> entry.seq() > this.after).toList(),
				last.op() == JournalEntry.Op.CANCELLED);
	}

	private JournalUpdate close() {
		this.atEnd = true;
		return JournalUpdate.CLOSED;
	}

}
