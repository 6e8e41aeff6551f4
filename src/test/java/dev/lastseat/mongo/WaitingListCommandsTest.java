package dev.lastseat.mongo;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.JoinOutcome;
import dev.lastseat.booking.JoinOutcome.Kind;
import dev.lastseat.booking.LeaveOutcome;
import dev.lastseat.booking.Ledger;
import dev.lastseat.booking.Outcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.UserId;
import dev.lastseat.booking.WaitingPlace;
import dev.lastseat.mongo.segments.SegmentSize;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The commands that change a waiting list, and what happens when the event changes
 * between the read and the write.
 */
class WaitingListCommandsTest extends TwoProcessesTest {

	private static final UserId JOE = new UserId("joe");

	/** Its only seat is of ada, and bob and eve wait. */
	private EventId event;

	@BeforeEach
	void create() {
		SaleTerms sale = new SaleTerms(null, null, 60, 120);
		this.event = this.others.create(new EventDraft("Gala", null, Instant.EPOCH, null, 1, sale), Instant.EPOCH)
			.block()
			.id();
		this.others.book(this.event, ADA).block();
		decide(this.others, new Request.Joining(BOB), new Request.Joining(EVE));
	}

	private Map<Request, Outcome> decide(EventRepository repository, Request... requests) {
		return decide(repository, this.event, requests);
	}

	/** Another process changes the event once, before the next write. */
	private void beforeTheWrite(Request... requests) {
		beforeTheWrite(() -> decide(this.others, requests));
	}

	private void beforeTheWrite(Runnable change) {
		AtomicBoolean done = new AtomicBoolean();
		this.commands.before("update", () -> {
			if (!done.getAndSet(true)) {
				change.run();
			}
		});
	}

	private void setOfferSeconds(int seconds) {
		EventChange change = new EventChange(Set.of(EventChange.Field.OFFER_SECONDS), null, null, null, null, 0,
				new SaleTerms(null, null, null, seconds));
		this.others.change(this.event, change).block();
	}

	/** Another process changes the event before each write of an offer. */
	private void raiseCapacityWhileTheEventChanges(int changes) {
		AtomicInteger writes = new AtomicInteger();
		this.commands.before("update", () -> {
			int offers = writes.getAndIncrement();
			if (offers > 0 && offers <= changes) {
				setOfferSeconds(600 + offers);
			}
		});
		assertThat(this.repository.change(this.event, EventChange.ofCapacity(2)).block())
			.isEqualTo(ChangeOutcome.CHANGED);
	}

	private List<UserId> waiting() {
		return ledger().waiting();
	}

	private Ledger ledger() {
		return this.others.ledger(this.event).block();
	}

	private static JoinOutcome joined(int position) {
		return new JoinOutcome(Kind.JOINED, new WaitingPlace(position, position));
	}

	@Test
	void cancelsAndOffersWithOneReadAndOneUpdate() {
		decide(this.repository, new Request.Leaving(JOE));
		this.commands.clear();

		decide(this.repository, new Request.Cancellation(ADA));

		assertThat(this.commands.names()).containsExactly("aggregate", "update");
		BsonDocument update = this.commands.update(1);
		assertThat(update.getDocument("q")).isEqualTo(BsonDocument.parse("""
				{ "_id": { "$oid": "%s" },
				  "offer_seconds": 120,
				  "waiting.0": "bob",
				  "registration_ids": "ada",
				  "held": { "$not": { "$gt": 9999 } },
				  "$expr": { "$lte": [{ "$add": ["$tickets_sold", { "$ifNull": ["$held", 0] }, 0] }, "$capacity"] } }"""
			.formatted(this.event)));
		assertThat(update.getDocument("u")).containsAllEntriesOf(BsonDocument.parse("""
				{ "$inc": { "revision": { "$numberLong": "1" }, "tickets_sold": -1, "held": 1, "waiting_count": -1 },
				  "$pull": { "registration_ids": "ada" },
				  "$set": { "holds.bob": { "until": { "$date": "%1$s" }, "offer": true } },
				  "$min": { "next_expiry": { "$date": "%1$s" } },
				  "$pullAll": { "waiting": ["bob"] } }""".formatted(NOW.plusSeconds(120))));
	}

	@Test
	void readsNoWaitingUserForARefusal() {
		decide(this.repository, new Request.Leaving(JOE));
		this.commands.clear();

		assertThat(decide(this.repository, new Request.Booking(JOE))).containsValue(BookingOutcome.SOLD_OUT);

		assertThat(this.commands.names()).containsExactly("aggregate");
		assertThat(this.commands.answer(0).toJson()).doesNotContain("bob");
	}

	/** Around the number of users for which the server looks for the positions. */
	@ParameterizedTest
	@ValueSource(ints = { -1, 0, 1 })
	void findsTheUsersOfARoundInTheList(int more) {
		Request[] joins = IntStream.rangeClosed(1, WaitingList.FEW_USERS + more)
			.mapToObj((number) -> new Request.Joining(new UserId("user-" + number)))
			.toArray(Request[]::new);
		decide(this.others, joins);

		assertThat(decide(this.repository, joins).values()).extracting("kind").containsOnly(Kind.ALREADY_WAITING);
	}

	/** The list is as long as before, and the user is in it. */
	@Test
	void joinsOnceAlthoughTheListIsAsLongAsWhenItWasRead() {
		beforeTheWrite(new Request.Joining(JOE), new Request.Leaving(BOB));

		assertThat(decide(this.repository, new Request.Joining(JOE)))
			.containsValue(new JoinOutcome(Kind.ALREADY_WAITING, new WaitingPlace(2, 2)));

		assertThat(waiting()).containsExactly(EVE, JOE);
	}

	@Test
	void joinsAtItsPositionAlthoughAnotherUserLeavesMeanwhile() {
		beforeTheWrite(new Request.Leaving(BOB));

		assertThat(decide(this.repository, new Request.Joining(JOE))).containsValue(joined(2));

		assertThat(waiting()).containsExactly(EVE, JOE);
	}

	@Test
	void joinsAtItsPositionAlthoughAnotherUserJoinsMeanwhile() {
		beforeTheWrite(new Request.Joining(new UserId("jim")));

		assertThat(decide(this.repository, new Request.Joining(JOE))).containsValue(joined(4));
	}

	@Test
	void doesNotJoinAfterAllSeatsBecameFreeMeanwhile() {
		decide(this.others, new Request.Leaving(BOB), new Request.Leaving(EVE));
		beforeTheWrite(new Request.Cancellation(ADA));

		assertThat(decide(this.repository, new Request.Joining(JOE)))
			.containsValue(JoinOutcome.refused(Kind.SEATS_FREE));
	}

	/** The list is as long as before. */
	@Test
	void doesNotJoinAfterItsBookingMeanwhile() {
		beforeTheWrite(() -> {
			decide(this.others, new Request.Leaving(BOB), new Request.Leaving(EVE));
			decide(this.others, new Request.Cancellation(ADA));
			decide(this.others, new Request.Booking(JOE));
			decide(this.others, new Request.Joining(BOB), new Request.Joining(EVE));
		});

		assertThat(decide(this.repository, new Request.Joining(JOE)))
			.containsValue(JoinOutcome.refused(Kind.ALREADY_REGISTERED));

		assertThat(waiting()).containsExactly(BOB, EVE);
	}

	@Test
	void doesNotJoinAfterTheSaleIsClosedMeanwhile() {
		SaleTerms closed = new SaleTerms(null, NOW, null, null);
		EventChange change = new EventChange(Set.of(EventChange.Field.SALES_CLOSE_AT), null, null, null, null, 0,
				closed);
		beforeTheWrite(() -> this.others.change(this.event, change).block());

		assertThat(decide(this.repository, new Request.Joining(JOE))).containsValue(JoinOutcome.refused(Kind.CLOSED));
	}

	@Test
	void offersToTheNextUserIfTheFirstOneLeavesMeanwhile() {
		decide(this.repository, new Request.Leaving(JOE));
		beforeTheWrite(new Request.Leaving(BOB));

		decide(this.repository, new Request.Cancellation(ADA));

		assertThat(waiting()).isEmpty();
		assertThat(ledger().holds()).extracting("user").containsExactly(EVE);
	}

	@Test
	void leavesOnceAlthoughAnotherProcessRemovesTheUserMeanwhile() {
		beforeTheWrite(new Request.Leaving(BOB));

		assertThat(decide(this.repository, new Request.Leaving(BOB))).containsValue(LeaveOutcome.NOT_WAITING);

		assertThat(waiting()).containsExactly(EVE);
	}

	@Test
	void offersASeatThatIsFreedForAUserThatJoinsMeanwhile() {
		decide(this.others, new Request.Leaving(BOB), new Request.Leaving(EVE));
		beforeTheWrite(new Request.Joining(JOE));

		decide(this.repository, new Request.Cancellation(ADA));

		assertThat(ledger().holds()).extracting("user").containsExactly(JOE);
	}

	@Test
	void offersForTheLengthThatAnotherProcessSetsMeanwhile() {
		decide(this.repository, new Request.Leaving(JOE));
		beforeTheWrite(() -> setOfferSeconds(600));

		decide(this.repository, new Request.Cancellation(ADA));

		assertThat(ledger().holds()).extracting("until").containsExactly(NOW.plusSeconds(600));
	}

	@Test
	void offersANewSeatAfterTheEventChangedMeanwhile() {
		raiseCapacityWhileTheEventChanges(1);

		assertThat(ledger().holds()).extracting("user").containsExactly(BOB);
		assertThat(ledger().holds()).extracting("until").containsExactly(NOW.plusSeconds(601));
	}

	@Test
	void leavesANewSeatToTheNextSweepWhileTheEventKeepsChanging() {
		this.commands.clear();

		raiseCapacityWhileTheEventChanges(Integer.MAX_VALUE);

		assertThat(ledger().holds()).isEmpty();
		assertThat(this.commands.names()).filteredOn("update"::equals).hasSize(1 + MongoEventRepository.MAX_ATTEMPTS);
	}

	@Test
	void removesNoExpiredHoldWhileAUserWaitsForItsSeat() {
		decide(this.others, new Request.Cancellation(ADA));
		decide(this.others, new Request.Leaving(EVE));
		EventRepository later = Repositories.of(
				MongoCollections.of(this.client.getDatabase("test"), ReadConcerns.LOCAL), SegmentSize.DEFAULT,
				Clock.fixed(NOW.plusSeconds(120), ZoneOffset.UTC), SaleSettings.DEFAULT);
		beforeTheWrite(new Request.Joining(JOE));

		later.removeExpiredHolds().collectList().block();
		later.removeExpiredHolds().collectList().block();

		assertThat(ledger().holds()).extracting("user").containsExactly(JOE);
		assertThat(waiting()).isEmpty();
	}

}
