package dev.lastseat.mongo;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.lastseat.QuietOutput;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventQuery;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.StorageMonitor;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.segments.SegmentMaintenance;
import dev.lastseat.mongo.segments.SegmentSize;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Event documents that another program wrote in another form.
 */
@ExtendWith(QuietOutput.class)
@OnEngine(Engine.EMBEDDED)
class UnreadableEventsTest {

	private static final Date SAME_TIME = Date.from(Instant.parse("2027-01-01T00:00:00Z"));

	private final AtomicInteger unreadable = new AtomicInteger();

	private TestStorage storage;

	private EventRepository repository;

	private List<EventId> readable;

	private ObjectId withoutCreation;

	@BeforeEach
	void writeReadableAndUnreadableEvents(TestStorage storage) {
		this.storage = storage;
		Mono.from(storage.database().getCollection("events").drop()).block();
		this.repository = new MongoEventRepository(storage.collections(),
				new SegmentMaintenance(storage.collections(), SegmentSize.DEFAULT), new StorageMonitor() {
					@Override
					public void unreadableDocument() {
						UnreadableEventsTest.this.unreadable.incrementAndGet();
					}
				}, Clock.systemUTC(), SaleSettings.DEFAULT);
		this.readable = new ArrayList<>();
		this.readable.add(storage.create("First", "2026-12-31T00:00:00Z", 1).id());
		this.readable.add(storage.create("Second", "2027-01-01T00:00:00Z", 1).id());
		insert(readableDocument().append("_id", "my own title"));
		insert(readableDocument().append("_id", 7));
		for (String field : List.of("title", "capacity", "tickets_sold", "revision", "starts_at")) {
			insert(readableDocument().append(field, new Document("not", "this")));
			insert(without(field));
		}
		this.withoutCreation = insert(without("created_at"));
		insert(readableDocument().append("ends_at", "tomorrow"));
		this.readable.add(storage.create("Third", "2027-01-01T00:00:00Z", 1).id());
		this.readable.add(storage.create("Fourth", "2027-01-02T00:00:00Z", 1).id());
	}

	private static Document readableDocument() {
		return new Document("_id", new ObjectId()).append("title", "Gala")
			.append("starts_at", SAME_TIME)
			.append("capacity", 5)
			.append("tickets_sold", 0)
			.append("registration_ids", List.of("ada"))
			.append("revision", 0L)
			.append("created_at", SAME_TIME);
	}

	private static Document without(String field) {
		Document document = readableDocument();
		document.remove(field);
		return document;
	}

	private ObjectId insert(Document document) {
		Mono.from(this.storage.database().getCollection("events").insertOne(document)).block();
		return (document.get("_id") instanceof ObjectId id) ? id : null;
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 50 })
	void areOmittedFromListsOfEveryPageSize(int limit) {
		List<EventId> listed = new ArrayList<>();
		EventQuery.Cursor cursor = null;
		do {
			Page<Event, EventQuery.Cursor> page = this.repository.list(new EventQuery(null, null, null, cursor, limit))
				.block();
			page.items().forEach((event) -> listed.add(event.id()));
			cursor = page.next();
			assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
			assertThat(cursor == null || page.items().size() == limit).as("no page but the last is short").isTrue();
		}
		while (cursor != null);

		assertThat(listed).containsExactlyElementsOf(this.readable);
		assertThat(this.unreadable).hasPositiveValue();
	}

	@Test
	void areLoggedOnceEachWithoutTheirId(CapturedOutput output) {
		for (int read = 0; read < 3; read++) {
			this.repository.list(new EventQuery(null, null, null, null, 50)).block();
		}

		assertThat(output.toString().lines().filter((line) -> line.contains("WARN")))
			.filteredOn((line) -> line.contains("cannot be read and is left out"))
			.hasSize(14)
			.anyMatch((line) -> line.contains(this.withoutCreation + ", missing or of a wrong type: created_at"))
			.anyMatch((line) -> line.contains("_id of type String"))
			.noneMatch((line) -> line.contains("my own title"));
		assertThat(this.unreadable).hasValue(3 * 14);
	}

	@Test
	void areReportedAsUnknown() {
		EventId event = new EventId(this.withoutCreation.toHexString());

		assertThat(this.repository.find(event).blockOptional()).isEmpty();
	}

	@Test
	void doNotPreventTheStatusOfOtherEvents() {
		ObjectId withoutRevision = insert(without("revision"));

		assertThat(this.storage.feed()
			.statuses(List.of(new EventId(withoutRevision.toHexString()), this.readable.get(0)))
			.collectList()
			.block()).extracting((status) -> status.event()).containsExactly(this.readable.get(0));
	}

	@Test
	void areOmittedFromTheEventsOfAUser() {
		this.storage.book(this.readable.get(3), new UserId("ada"));

		assertThat(this.repository.list(new EventQuery(null, null, new UserId("ada"), null, 2)).block().items())
			.extracting(Event::id)
			.containsExactly(this.readable.get(3));
	}

}
