package dev.lastseat.web;

import java.util.List;

import dev.lastseat.booking.JournalEntry;
import dev.lastseat.booking.Page;
import dev.lastseat.web.stream.JournalEntryView;
import org.jspecify.annotations.Nullable;

/**
 * The JSON body of a page of a journal.
 *
 * @param next the position of the last entry of the page; null at the end of the journal
 */
record JournalView(List<JournalEntryView> entries, @Nullable Long next) {

	static JournalView of(Page<JournalEntry, Long> page) {
		return new JournalView(page.items().stream().map(JournalEntryView::of).toList(), page.next());
	}

}
