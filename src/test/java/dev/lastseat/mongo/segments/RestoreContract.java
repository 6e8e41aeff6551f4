package dev.lastseat.mongo.segments;

import java.util.List;
import java.util.stream.IntStream;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
import dev.lastseat.TestRun;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.JournalEntry;
import dev.lastseat.mongo.PackageAccess;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static dev.lastseat.mongo.segments.SegmentFixture.book;
import static dev.lastseat.mongo.segments.SegmentFixture.id;
import static dev.lastseat.mongo.segments.SegmentFixture.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Restores an event from a backup, as {@code docs/operations.md} describes, and in the
 * ways that it warns of.
 */
public class RestoreContract extends SegmentTest {

	private static final List<String> COLLECTIONS = List.of("registrations", "journal", "events");

	private EventId event;

	/** The documents of the event in each of {@link #COLLECTIONS}. */
	private List<List<Document>> backup;

	@AfterEach
	void remove() {
		COLLECTIONS.forEach(this::drop);
	}

	@Test
	void restoresAnEventWhoseDocumentComesLast() {
		this.event = this.segments.sealed(5);
		List<JournalEntry> journal = journal(process());
		backUpAndDrop();

		for (String collection : COLLECTIONS) {
			restore(collection);
			// Of a process that was started too early.
			this.segments.maintenance().sweep().block(TestRun.TIMEOUT);
		}

		EventRepository process = process();
		assertThat(this.stored.sealedRegistrations(this.event)).hasSize(2);
		assertThat(IntStream.range(0, 5).mapToObj((number) -> book(process, this.event, user(number))))
			.containsOnly(BookingOutcome.ALREADY_REGISTERED);
		assertThat(journal(process)).isEqualTo(journal).hasSize(5);
		this.stored.requireInvariants(this.event);
	}

	@Test
	void anEventBeforeItsRegistrationsBooksAUserTwice() {
		this.event = this.segments.sealed(5);
		backUpAndDrop();

		restore("events");
		assertThat(book(process(), this.event, user(0))).isEqualTo(BookingOutcome.BOOKED);
		restore("registrations");

		expectViolation("registration_ids");
	}

	@Test
	void aProcessThatIsNotStoppedBooksAUserTwice() {
		this.event = this.segments.booked(0);
		EventRepository notStopped = process();
		backUp();
		IntStream.range(0, 4).forEach((number) -> book(notStopped, this.event, user(number)));
		Awaitility.await()
			.atMost(TestRun.TIMEOUT)
			.until(() -> this.stored.read(this.event).getInteger("segment", 0) == 1);
		assertThat(book(notStopped, this.event, user(4))).isEqualTo(BookingOutcome.BOOKED);

		COLLECTIONS.forEach(this::drop);
		COLLECTIONS.forEach(this::restore);
		this.segments.book(this.event, user(10), user(11), user(12), user(13));
		this.segments.maintain(this.event);

		assertThat(book(process(), this.event, user(10))).isEqualTo(BookingOutcome.ALREADY_REGISTERED);
		assertThat(book(notStopped, this.event, user(10))).isEqualTo(BookingOutcome.BOOKED);
		expectViolation("registration_ids");
	}

	@Test
	void registrationsThatAreNotDroppedCountLater() {
		this.event = this.segments.booked(0);
		backUp();
		this.segments.book(this.event, user(0), user(1), user(2), user(3));
		this.segments.maintain(this.event);

		drop("events");
		restore("events");
		this.segments.book(this.event, user(10), user(11), user(12), user(13));
		this.segments.maintain(this.event);

		assertThat(process().isRegistered(this.event, user(0)).block(TestRun.TIMEOUT)).as("never booked").isTrue();
		expectViolation("registration_ids");
	}

	private void expectViolation(String field) {
		assertThatThrownBy(() -> this.stored.requireInvariants(this.event)).isInstanceOf(AssertionError.class)
			.hasMessageContaining(field);
	}

	/** The repository of a process that has just started. */
	private EventRepository process() {
		return PackageAccess.repository(this.storage.collections(), SegmentFixture.TWO);
	}

	private List<JournalEntry> journal(EventRepository process) {
		return process.journal(this.event, 0, 100).block(TestRun.TIMEOUT).items();
	}

	private void backUpAndDrop() {
		backUp();
		COLLECTIONS.forEach(this::drop);
	}

	private void backUp() {
		this.backup = COLLECTIONS.stream()
			.map((collection) -> Flux.from(documents(collection).find(Filters.eq(key(collection), id(this.event))))
				.collectList()
				.block(TestRun.TIMEOUT))
			.toList();
	}

	private void drop(String collection) {
		Mono.from(documents(collection).deleteMany(Filters.eq(key(collection), id(this.event)))).block(TestRun.TIMEOUT);
	}

	private void restore(String collection) {
		List<Document> saved = this.backup.get(COLLECTIONS.indexOf(collection));
		if (!saved.isEmpty()) {
			Mono.from(documents(collection).insertMany(saved)).block(TestRun.TIMEOUT);
		}
	}

	private MongoCollection<Document> documents(String collection) {
		return this.storage.database().getCollection(collection);
	}

	private static String key(String collection) {
		return collection.equals("events") ? "_id" : "e";
	}

}
