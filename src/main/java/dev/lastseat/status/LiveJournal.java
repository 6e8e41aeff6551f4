package dev.lastseat.status;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.JournalEntry;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.StorageException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The live journal of events: the stored entries, then each new one. Entries come in
 * order, without gaps and duplicates.
 * <p>
 * Each subscriber reads the journal on its own, from its own position. A page is read
 * when it is requested, so that a slow subscriber costs the memory of one page. At the
 * end of the journal the subscriber reads again after each change of the event, at most
 * ten times a second, and after each hint that changes may have been missed, which comes
 * every second.
 */
public final class LiveJournal {

	private final ChangeNotifier notifier;

	private final Pages journal;

	private final StreamTiming timing;

	public LiveJournal(ChangeNotifier notifier, Pages journal) {
		this(notifier, journal, StreamTiming.standard());
	}

	LiveJournal(ChangeNotifier notifier, Pages journal, StreamTiming timing) {
		this.notifier = notifier;
		this.journal = journal;
		this.timing = timing;
	}

	/**
	 * Subscribes to the journal of an event. A {@link StorageException} does not end the
	 * stream: the read is repeated.
	 * @param after the position of the last entry that the subscriber has; 0 for none
	 * @return the entries after this position. Completes after
	 * {@link JournalUpdate#last}, and when the process stops
	 */
	public Flux<JournalUpdate> updates(EventId event, long after) {
		return Flux.defer(() -> {
			JournalReader reader = new JournalReader(this.journal, event, after);
			return this.timing.conflation()
				.conflate(this.notifier.changes(event), (signal) -> reader.updates())
				.takeUntil(JournalUpdate::last)
				.takeUntilOther(this.notifier.stopped());
		});
	}

	/**
	 * Reads pages of journals.
	 */
	@FunctionalInterface
	public interface Pages {

		/**
		 * @param after the position of the last entry before the page
		 * @param limit maximum number of entries
		 * @return the page; empty when the event does not exist and was not deleted
		 */
		Mono<Page<JournalEntry, Long>> read(EventId event, long after, int limit);

	}

}
