package dev.lastseat.web.stream;

import java.util.LinkedHashSet;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.UserId;
import dev.lastseat.status.LiveJournal;
import dev.lastseat.status.LiveStandings;
import dev.lastseat.status.LiveStatus;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

/**
 * The sources of all streams, as frames.
 */
public record LiveFrames(LiveStatus<StatusFrame> status, LiveStandings standings, LiveJournal journals,
		JsonMapper json) {

	/**
	 * @return the first state of each event in the order of the events, then the changes
	 * of all
	 */
	Flux<StatusFrame> of(Watched watched) {
		EventId event = watched.events().get(0);
		UserId user = watched.user();
		if (user != null) {
			return this.standings.updates(event, user).map((update) -> StatusFrame.of(update, this.json));
		}
		return (watched.events().size() == 1) ? this.status.updates(event)
				: this.status.updates(new LinkedHashSet<>(watched.events()));
	}

	Flux<JournalFrame> journal(EventId event, long after) {
		return this.journals.updates(event, after).map((update) -> JournalFrame.of(event, update, this.json));
	}

}
