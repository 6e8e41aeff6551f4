package dev.lastseat.mongo;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.mongodb.client.model.Updates;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.JournalEntry;
import dev.lastseat.booking.JournalEntry.Op;
import dev.lastseat.booking.UserId;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the journal that a write adds. Its position is known when it is stored.
 * <p>
 * It is stored as text: the time in milliseconds, the code of the change, and the user if
 * there is one, separated by spaces. A user id contains no space. A text takes half the
 * space of a document.
 *
 * @param user null for a change of the event itself
 */
record JournalLine(Op op, @Nullable UserId user) {

	private static final Map<String, Op> OPS = Arrays.stream(Op.values())
		.collect(Collectors.toMap(Op::code, Function.identity()));

	/** The entries of expired holds that are removed. */
	static List<JournalLine> expired(Collection<Hold> holds) {
		return holds.stream().map((hold) -> new JournalLine(Op.EXPIRED, hold.user())).toList();
	}

	String text(Instant at) {
		String change = at.toEpochMilli() + " " + this.op.code();
		return (this.user != null) ? change + " " + this.user.value() : change;
	}

	/** The update that adds entries; empty if there is nothing to add. */
	static Optional<Bson> push(List<String> texts) {
		return texts.isEmpty() ? Optional.empty() : Optional.of((texts.size() == 1)
				? Updates.push(EventDocument.JOURNAL, texts.get(0)) : Updates.pushEach(EventDocument.JOURNAL, texts));
	}

	/**
	 * @param seq the position of the entry
	 */
	static JournalEntry parse(long seq, String text) {
		String[] parts = text.split(" ", 3);
		return new JournalEntry(seq, Instant.ofEpochMilli(Long.parseLong(parts[0])), OPS.get(parts[1]),
				(parts.length > 2) ? new UserId(parts[2]) : null);
	}

}
