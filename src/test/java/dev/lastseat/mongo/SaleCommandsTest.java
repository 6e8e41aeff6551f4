package dev.lastseat.mongo;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.Decision;
import dev.lastseat.booking.Event;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.HoldReleaseOutcome;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.PartyHoldOutcome;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.UserId;
import dev.lastseat.mongo.ReadConcerns.Topology;
import dev.lastseat.mongo.segments.SealedUserLookup;
import dev.lastseat.mongo.segments.SegmentMaintenance;
import dev.lastseat.mongo.segments.SegmentSize;
import org.bson.BsonDocument;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The commands that decide holds and parties, and what happens when the event changes
 * between the read and the write.
 */
class SaleCommandsTest extends TwoProcessesTest {

	private EventId event;

	@BeforeEach
	void create() {
		this.event = this.repository.create(new EventDraft("Gala", null, Instant.EPOCH, null, 9), Instant.EPOCH)
			.block()
			.id();
		this.commands.clear();
	}

	private static Hold made(UserId user) {
		return new Hold(user, NOW.plusSeconds(600), false);
	}

	@Test
	void holdsConfirmsAndGivesBackWithOneUpdateEach() {
		decide(this.repository, this.event, new Request.Holding(EVE));
		this.commands.clear();

		decide(this.repository, this.event, new Request.Holding(ADA), new Request.Holding(BOB));
		decide(this.repository, this.event, new Request.Booking(ADA));
		decide(this.repository, this.event, new Request.HoldRelease(BOB));

		assertThat(this.commands.names()).containsExactly("update", "update", "update");
		BsonDocument confirmation = this.commands.update(1);
		assertThat(confirmation.getDocument("q")).isEqualTo(BsonDocument.parse("""
				{ "_id": { "$oid": "%s" }, "holds.ada": { "$exists": true } }""".formatted(this.event)));
		assertThat(confirmation.getDocument("u")).isEqualTo(BsonDocument.parse("""
				{ "$inc": { "revision": { "$numberLong": "1" }, "tickets_sold": 1, "held": -1 },
				  "$addToSet": { "registration_ids": "ada" }, "$unset": { "holds.ada": "" },
				  "$push": { "journal": "%d confirmed ada" } }""".formatted(NOW.toEpochMilli())));
	}

	@Test
	void decidesARoundOfBookingsHoldsAndPartiesWithOneUpdate() {
		decide(this.repository, this.event, new Request.Holding(EVE));
		this.commands.clear();

		assertThat(decide(this.repository, this.event, new Request.Booking(ADA), new Request.Holding(BOB),
				new Request.Booking(EVE), new Request.PartyBooking(List.of(new UserId("joe"), new UserId("jim")))))
			.hasSize(4)
			.containsEntry(new Request.Booking(EVE), BookingOutcome.CONFIRMED);

		assertThat(this.commands.names()).containsExactly("update");
	}

	/** The outcome would say that the user is registered. */
	@Test
	void readsAgainWhenARegistrationOfThePartyIsReleasedBeforeTheWrite() {
		this.others.book(this.event, ADA).block();
		Request party = new Request.PartyBooking(List.of(ADA, BOB));
		this.commands.before("update", () -> {
			if (this.commands.names().stream().filter("update"::equals).count() == 2) {
				this.others.release(this.event, ADA).block();
			}
		});

		assertThat(decide(this.repository, this.event, party)).containsEntry(party,
				new PartyOutcome(PartyOutcome.Kind.BOOKED, List.of(ADA, BOB), List.of(), 0));

		assertThat(this.others.ledger(this.event).block().registrations()).containsExactly(ADA, BOB);
	}

	/** The outcome would contain the hold. */
	@Test
	void readsAgainWhenAHoldOfThePartyIsGivenBackBeforeTheWrite() {
		decide(this.others, this.event, new Request.Holding(ADA));
		Request party = new Request.PartyHolding(List.of(ADA, BOB));
		this.commands.before("update",
				() -> assertThat(decide(this.others, this.event, new Request.HoldRelease(ADA))).isNotEmpty());

		assertThat(decide(this.repository, this.event, party)).containsEntry(party,
				new PartyHoldOutcome(HoldOutcome.Kind.HELD, List.of(made(ADA), made(BOB)), List.of(), 0));

		assertThat(this.others.ledger(this.event).block().held()).isEqualTo(2);
	}

	@Test
	void readsBeforeItGivesAHoldBackThatItDoesNotKnow() {
		decide(this.others, this.event, new Request.Holding(ADA));

		assertThat(decide(this.repository, this.event, new Request.HoldRelease(ADA)))
			.containsValue(HoldReleaseOutcome.RELEASED);

		assertThat(this.commands.names()).containsExactly("aggregate", "update");
	}

	/** Another process makes the holds after this one has read that there are none. */
	@Test
	void readsHoldsOnlyWhenThereAreSome() {
		decide(this.repository, this.event, new Request.Cancellation(EVE));
		decide(this.others, this.event, new Request.Holding(ADA), new Request.Holding(BOB));
		this.commands.clear();

		assertThat(decide(this.repository, this.event, new Request.Booking(ADA), new Request.Booking(BOB))).hasSize(2)
			.allSatisfy((request, outcome) -> assertThat(outcome).isEqualTo(BookingOutcome.CONFIRMED));

		assertThat(this.commands.names()).containsExactly("update", "aggregate", "aggregate", "update");
		assertThat(projection(this.commands.sent(1))).doesNotContainKeys("holds.ada", "expired");
		assertThat(projection(this.commands.sent(2))).containsKeys("holds.ada", "holds.bob", "expired");
	}

	/** Otherwise the user would have two seats: of the hold and of the registration. */
	@Test
	void confirmsAHoldThatAnotherProcessMadeBesideKnownHolds() {
		decide(this.repository, this.event, new Request.Holding(EVE));
		decide(this.others, this.event, new Request.Holding(ADA));
		this.commands.clear();

		assertThat(decide(this.repository, this.event, new Request.Booking(ADA)))
			.containsValue(BookingOutcome.CONFIRMED);

		assertThat(this.others.ledger(this.event).block().held()).isOne();
		assertThat(this.commands.names()).containsExactly("update", "aggregate", "update");
		assertThat(this.commands.update(0).getDocument("q")).isEqualTo(BsonDocument.parse("""
				{ "_id": { "$oid": "%s" }, "segment": { "$in": [null, 0] }, "sealing": { "$ne": "ada" },
				  "registration_ids": { "$ne": "ada" }, "holds.ada": { "$exists": false },
				  "$expr": { "$lt": [{ "$add": ["$tickets_sold", { "$ifNull": ["$held", 0] }] }, "$capacity"] },
				  "sales_open_at": { "$not": { "$gt": { "$date": "%2$s" } } },
				  "sales_close_at": { "$not": { "$lte": { "$date": "%2$s" } } }, "waiting.0": { "$exists": false } }"""
			.formatted(this.event, NOW)));
	}

	private static BsonDocument projection(BsonDocument aggregate) {
		return aggregate.getArray("pipeline").get(1).asDocument().getDocument("$project");
	}

	@Test
	void readsBeforeItConfirmsWhileOtherProcessesMakeTheHolds() {
		UserId joe = new UserId("joe");
		decide(this.others, this.event, new Request.Holding(ADA), new Request.Holding(BOB), new Request.Holding(EVE),
				new Request.Holding(joe));

		decide(this.repository, this.event, new Request.Booking(ADA), new Request.Booking(BOB));
		assertThat(this.commands.names()).containsExactly("update", "aggregate", "update");

		this.commands.clear();
		decide(this.repository, this.event, new Request.Booking(EVE), new Request.Booking(joe));
		decide(this.repository, this.event, new Request.Booking(new UserId("jim")),
				new Request.Booking(new UserId("kim")));
		decide(this.repository, this.event, new Request.Booking(new UserId("max")),
				new Request.Booking(new UserId("mia")));
		assertThat(this.commands.names()).containsExactly("aggregate", "update", "aggregate", "update", "update");
	}

	/** Another round, or a lookup, may forget the hold meanwhile. */
	@Test
	void readsWhenItForgetsAHoldBetweenTheStartOfARoundAndItsWrite() {
		HoldMemory memory = new HoldMemory.OfAllEvents().of(new ObjectId(this.event.value()));
		Request release = new Request.HoldRelease(ADA);
		round(memory, new Request.Holding(ADA)).blockLast();
		Flux<Decision> started = round(memory, release);
		decide(this.others, this.event, release);
		round(memory, release).blockLast();
		Event before = this.others.find(this.event).block();

		assertThat(started.collectList().block()).containsExactly(new Decision(release, HoldReleaseOutcome.NOT_HELD));

		assertThat(this.others.find(this.event).block()).isEqualTo(before);
	}

	/** A round with this memory of holds. */
	private Flux<Decision> round(HoldMemory memory, Request request) {
		MongoCollections collections = MongoCollections.of(this.client.getDatabase("test"), ReadConcerns.LOCAL);
		SegmentMaintenance maintenance = new SegmentMaintenance(collections, SegmentSize.DEFAULT);
		ObjectId id = new ObjectId(this.event.value());
		Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
		EventSnapshots snapshots = new EventSnapshots(collections, new SealedUserLookup(collections, maintenance), id,
				maintenance.memory(id), memory, clock);
		return new RoundDecision(collections, collections.events(), maintenance, id, snapshots, memory, clock,
				SaleSettings.DEFAULT)
			.decide(List.of(request));
	}

	@Test
	void endsExpiredHoldsForALowerCapacityAlthoughTheEventChangesBetweenReadAndWrite() {
		EventRepository earlier = repository(this.otherClient, ReadConcerns.LOCAL, NOW.minusSeconds(600));
		decide(earlier, this.event, new Request.Holding(ADA), new Request.Holding(BOB));
		this.commands.before("update", () -> this.others.change(this.event, EventChange.ofCapacity(9)).block());

		assertThat(this.repository.change(this.event, EventChange.ofCapacity(1)).block())
			.isEqualTo(ChangeOutcome.CHANGED);

		Ledger ledger = this.others.ledger(this.event).block();
		assertThat(ledger.capacity()).isEqualTo(1);
		assertThat(ledger.holds()).hasSize(1);
	}

	/** The embedded engine rejects the update, because it does not support pipelines. */
	@Test
	void writesAllKindsOfRequestsWithOneUpdateOnAReplicaSet() {
		EventRepository replicated = repository(this.client, new ReadConcerns(() -> Topology.SEVERAL_MEMBERS), NOW);
		UserId joe = new UserId("joe");
		this.others.book(this.event, ADA).block();
		decide(this.others, this.event, new Request.Holding(BOB), new Request.Holding(EVE));
		this.commands.clear();

		replicated
			.decide(this.event, List.of(new Request.Cancellation(ADA), new Request.Booking(BOB),
					new Request.HoldRelease(EVE), new Request.Holding(joe)))
			.as(StepVerifier::create)
			.verifyError();

		BsonDocument update = this.commands.update(1);
		assertThat(update.getArray("u")).containsExactly(
				BsonDocument.parse("""
						{ "$set": {
						  "tickets_sold": { "$add": [{ "$ifNull": ["$tickets_sold", 0] }, 0] },
						  "revision": { "$add": [{ "$ifNull": ["$revision", 0] }, { "$numberLong": "1" }] },
						  "registration_ids": { "$concatArrays": [
						    { "$filter": { "input": "$registration_ids",
						        "cond": { "$not": [{ "$in": ["$$this", { "$literal": ["ada"] }] }] } } },
						    { "$literal": ["bob"] }] },
						  "held": { "$add": [{ "$ifNull": ["$held", 0] }, -1] },
						  "journal": { "$concatArrays": [{ "$ifNull": ["$journal", []] }, { "$literal": [
						    "%2$d released ada", "%2$d hold-released eve", "%2$d confirmed bob", "%2$d held joe"] }] },
						  "holds.joe": { "$literal": { "until": { "$date": "%1$s" } } },
						  "next_expiry": { "$min": ["$next_expiry", { "$date": "%1$s" }] } } }"""
					.formatted(made(joe).until(), NOW.toEpochMilli())),
				BsonDocument.parse("{ \"$unset\": [\"holds.bob\", \"holds.eve\"] }"));
	}

}
