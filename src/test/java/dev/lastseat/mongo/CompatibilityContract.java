package dev.lastseat.mongo;

import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import dev.lastseat.TestRun;
import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.segments.SegmentSize;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Documents of other versions of the service, as in a rolling upgrade.
 */
class CompatibilityContract {

	private static final UserId EVE = new UserId("eve");

	private TestStorage storage;

	private EventRepository repository;

	@BeforeEach
	void use(TestStorage storage) {
		this.storage = storage;
		this.repository = PackageAccess.repository(storage.collections(), new SegmentSize(2));
	}

	/** Every field that is not here is optional. */
	@Test
	void sellsAnEventOfTheFirstForm() {
		ObjectId id = new ObjectId();
		Date time = new Date(0);
		Mono.from(events().insertOne(new Document("_id", id).append("title", "Gala")
			.append("starts_at", time)
			.append("capacity", 9)
			.append("tickets_sold", 1)
			.append("registration_ids", List.of("ada"))
			.append("revision", 1L)
			.append("created_at", time))).block(TestRun.TIMEOUT);
		EventId event = new EventId(id.toHexString());

		sell(event);

		assertThat(this.repository.book(event, new UserId("ada")).block(TestRun.TIMEOUT))
			.isEqualTo(BookingOutcome.ALREADY_REGISTERED);
		assertThat(this.repository.find(event).block(TestRun.TIMEOUT).ticketsSold()).isEqualTo(6);
		this.storage.stored().requireInvariants(event);
	}

	@Test
	void keepsAFieldThatItDoesNotKnow() {
		EventId event = this.storage.event(9);
		Document unknown = new Document("of", List.of("a", "later", "version"));
		Mono.from(events().updateOne(Filters.eq(new ObjectId(event.value())), Updates.set("future", unknown)))
			.block(TestRun.TIMEOUT);

		sell(event);

		assertThat(this.repository.change(event, EventChange.ofCapacity(8)).block(TestRun.TIMEOUT))
			.isEqualTo(ChangeOutcome.CHANGED);
		assertThat(this.storage.stored().read(event)).containsEntry("future", unknown);
		assertThat(this.repository.find(event).block(TestRun.TIMEOUT).capacity()).isEqualTo(8);
		this.storage.stored().requireInvariants(event);
	}

	/** Books five seats, so that registrations are sealed, and holds one. */
	private void sell(EventId event) {
		IntStream.range(0, 5)
			.mapToObj((number) -> new UserId("user-" + number))
			.forEach((user) -> assertThat(this.repository.book(event, user).block(TestRun.TIMEOUT))
				.isEqualTo(BookingOutcome.BOOKED));
		assertThat(this.repository.decide(event, List.of(new Request.Holding(EVE)))
			.map((decision) -> ((HoldOutcome) decision.outcome()).kind())
			.blockLast(TestRun.TIMEOUT)).isEqualTo(HoldOutcome.Kind.HELD);
		Awaitility.await()
			.atMost(TestRun.TIMEOUT)
			.until(() -> this.storage.stored().read(event).getInteger("segment", 0) > 0);
	}

	private MongoCollection<Document> events() {
		return this.storage.database().getCollection(EventDocument.COLLECTION);
	}

}
