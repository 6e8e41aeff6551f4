package dev.lastseat.web.stream;

import java.nio.charset.StandardCharsets;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.JournalEntry;
import dev.lastseat.status.JournalUpdate;
import tools.jackson.databind.json.JsonMapper;

/**
 * The next entries of a journal as server-sent events.
 *
 * @param last whether the end of the journal is included
 */
record JournalFrame(byte[] bytes, boolean last) {

	static JournalFrame of(EventId event, JournalUpdate update, JsonMapper json) {
		StringBuilder text = new StringBuilder();
		for (JournalEntry entry : update.entries()) {
			text.append("id: ").append(entry.seq()).append('\n');
			text.append(StatusFrame.text("entry", JournalEntryView.of(entry), json));
		}
		if (update.last()) {
			text.append(StatusFrame.closed(event, json));
		}
		return new JournalFrame(text.toString().getBytes(StandardCharsets.UTF_8), update.last());
	}

}
