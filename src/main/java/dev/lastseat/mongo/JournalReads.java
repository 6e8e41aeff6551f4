package dev.lastseat.mongo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import dev.lastseat.booking.JournalEntry;
import dev.lastseat.booking.Page;
import dev.lastseat.mongo.segments.JournalSegment;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static dev.lastseat.mongo.EventDocument.DELETED_AT;
import static dev.lastseat.mongo.EventDocument.JOURNAL;
import static dev.lastseat.mongo.EventDocument.JOURNAL_MOVED;
import static dev.lastseat.mongo.EventDocument.JOURNAL_MOVING;

/**
 * Reads pages of the journal of an event. Reads the event first, then the entries that
 * were moved out of it: they are in the collection before they leave the document. An
 * entry that is moved between the two reads is a part of the document as it was read.
 */
final class JournalReads {

	private static final String LENGTH = "length";

	private final MongoCollections collections;

	private final ObjectId event;

	/**
	 * @param collections for reads that an outcome depends on
	 */
	JournalReads(MongoCollections collections, ObjectId event) {
		this.collections = collections;
		this.event = event;
	}

	/**
	 * @return a page; empty if the event does not exist and has left no journal
	 */
	Mono<Page<JournalEntry, Long>> page(long after, int limit) {
		return Mono.from(this.collections.forDisplay().events().aggregate(query(after, limit)))
			.filter((found) -> !found.containsKey(DELETED_AT) || length(found) > 0)
			.flatMap((found) -> moved(after, EventDocument.journalMoved(found), limit).map((moved) -> {
				List<JournalEntry> entries = Stream.concat(moved.stream(), inDocument(found, after))
					.limit(limit)
					.toList();
				boolean complete = entries.isEmpty() || EventReads.last(entries).seq() == length(found);
				return new Page<>(entries, complete ? null : EventReads.last(entries).seq());
			}));
	}

	private List<Bson> query(long after, int limit) {
		Document all = new Document("$concatArrays", List.of(arrayOrEmpty(JOURNAL_MOVING), arrayOrEmpty(JOURNAL)));
		Document moved = new Document("$ifNull", List.of("$" + JOURNAL_MOVED, 0L));
		Document skipped = new Document("$max", List.of(0L, new Document("$subtract", List.of(after, moved))));
		Document index = new Document("$min", List.of((long) Integer.MAX_VALUE, skipped));
		return List.of(Aggregates.match(Filters.eq(EventDocument.ID, this.event)), Aggregates
			.project(Projections.fields(Projections.include(DELETED_AT, JOURNAL_MOVED),
					Projections.computed(JOURNAL, new Document("$slice", List.of(all, index, limit))),
					Projections.computed(LENGTH, new Document("$add", List.of(moved, new Document("$size", all)))))));
	}

	private static Document arrayOrEmpty(String field) {
		return new Document("$ifNull", List.of("$" + field, List.of()));
	}

	private static long length(Document found) {
		return EventDocument.number(found, LENGTH).longValue();
	}

	private static Stream<JournalEntry> inDocument(Document found, long after) {
		return entries(Math.max(after, EventDocument.journalMoved(found)),
				EventDocument.list(found, JOURNAL, String.class));
	}

	private static Stream<JournalEntry> entries(long before, List<String> texts) {
		return IntStream.range(0, texts.size())
			.mapToObj((index) -> JournalLine.parse(before + index + 1, texts.get(index)));
	}

	/**
	 * The moved entries of the page. The second read may reach a member that was deposed
	 * and does not have them yet. Then a read finds them that no such member answers.
	 * @param upTo the number of moved entries
	 */
	private Mono<List<JournalEntry>> moved(long after, long upTo, int limit) {
		return moved(this.collections.forDisplay(), after, upTo, limit)
			.switchIfEmpty(Mono.defer(() -> moved(this.collections, after, upTo, limit)))
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("the journal of event " + this.event
					+ " has gaps in the collection " + JournalSegment.COLLECTION + " after entry " + after)));
	}

	/** Empty if an entry is missing. */
	private Mono<List<JournalEntry>> moved(MongoCollections collections, long after, long upTo, int limit) {
		if (after >= upTo || limit <= 0) {
			return Mono.just(List.of());
		}
		return Flux.from(collections.journal().aggregate(JournalSegment.query(this.event, after, upTo, limit)))
			.map(JournalSegment::of)
			.collectList()
			.map((segments) -> connected(after, segments))
			.filter((found) -> !found.isEmpty())
			.flatMap((found) -> moved(collections, after + found.size(), upTo, limit - found.size())
				.map((rest) -> Stream.concat(found.stream(), rest.stream()).toList()));
	}

	/** The entries up to the first gap. */
	private static List<JournalEntry> connected(long after, List<JournalSegment> segments) {
		List<JournalEntry> found = new ArrayList<>();
		for (JournalSegment segment : segments) {
			if (segment.before() == after + found.size()) {
				entries(segment.before(), segment.texts()).forEach(found::add);
			}
		}
		return found;
	}

}
