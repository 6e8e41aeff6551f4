package dev.lastseat.mongo;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.ChangeOutcome;
import dev.lastseat.booking.EventChange;
import dev.lastseat.booking.EventChange.Field;
import dev.lastseat.booking.EventCreation;
import dev.lastseat.booking.EventDraft;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.HoldOutcome;
import dev.lastseat.booking.HoldReleaseOutcome;
import dev.lastseat.booking.PartyHoldOutcome;
import dev.lastseat.booking.PartyOutcome;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.UserId;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sells seats from the opening of a sale until its close.
 */
class SaleWindowContract extends SaleTest {

	private static final Instant CLOSE = NOW.plusSeconds(10);

	private static final UserId JOE = new UserId("joe");

	private static EventChange change(Field field, @Nullable Instant instant) {
		return new EventChange(Set.of(field), null, null, null, null, 0, new SaleTerms(instant, instant, null));
	}

	/** One request of each kind that takes seats, by users that have none. */
	private List<String> takingSeats(EventId event) {
		return List.of(book(event, ADA).name(), hold(event, BOB).kind().name(), bookParty(event, EVE).kind().name(),
				holdParty(event, JOE).kind().name());
	}

	@Test
	void sellsFromTheMillisecondOfTheOpening() {
		EventId event = event(4, NOW, null);

		this.clock.set(NOW.minusMillis(1));
		assertThat(takingSeats(event)).containsOnly("NOT_OPEN");
		this.clock.set(NOW.minusNanos(1));
		assertThat(takingSeats(event)).containsOnly("NOT_OPEN");
		assertThat(this.stored.read(event)).containsEntry("revision", 0L);

		this.clock.set(NOW);
		assertThat(takingSeats(event)).containsExactly("BOOKED", "HELD", "BOOKED", "HELD");
	}

	@Test
	void sellsUntilTheMillisecondBeforeTheClose() {
		EventId event = event(4, null, CLOSE);
		EventId closed = event(4, null, CLOSE);

		this.clock.set(CLOSE.minusMillis(1));
		assertThat(takingSeats(event)).containsExactly("BOOKED", "HELD", "BOOKED", "HELD");
		this.clock.set(CLOSE);
		assertThat(takingSeats(closed)).containsOnly("CLOSED");
	}

	@Test
	void refusesARoundBeforeTheOpening() {
		EventId event = event(4, NOW.plusSeconds(1), null);

		assertThat(decide(event, new Request.Booking(ADA), new Request.Holding(BOB),
				new Request.PartyBooking(List.of(EVE)), new Request.PartyHolding(List.of(JOE))))
			.hasSize(4)
			.containsValues(BookingOutcome.NOT_OPEN, HoldOutcome.refused(HoldOutcome.Kind.NOT_OPEN),
					PartyOutcome.refused(PartyOutcome.Kind.NOT_OPEN),
					PartyHoldOutcome.refused(HoldOutcome.Kind.NOT_OPEN));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void confirmsGivesBackAndCancelsOutsideTheWindow(boolean beforeTheOpening) {
		EventId event = event(9);
		this.storage.book(event, ADA);
		holdAll(event, BOB, EVE, JOE);
		this.repository
			.change(event, beforeTheOpening ? change(Field.SALES_OPEN_AT, CLOSE) : change(Field.SALES_CLOSE_AT, NOW))
			.block();
		String refusal = beforeTheOpening ? "NOT_OPEN" : "CLOSED";

		assertThat(book(event, BOB)).isEqualTo(BookingOutcome.CONFIRMED);
		assertThat(bookParty(event, EVE, ADA))
			.isEqualTo(new PartyOutcome(PartyOutcome.Kind.BOOKED, List.of(EVE), List.of(ADA), 0));
		assertThat(releaseHold(event, JOE)).isEqualTo(HoldReleaseOutcome.RELEASED);
		assertThat(book(event, ADA)).isEqualTo(BookingOutcome.ALREADY_REGISTERED);
		assertThat(this.repository.release(event, ADA).block()).isEqualTo(ReleaseOutcome.RELEASED);
		assertThat(takingSeats(event).get(0)).isEqualTo(refusal);
		assertThat(bookParty(event, BOB, ADA).kind()).hasToString(refusal);
	}

	/** The write of a process that has not read the change is refused. */
	@Test
	void followsAChangeOfTheOpeningByAnotherProcess() {
		EventId event = event(4, null, null);
		holdAll(event, ADA);

		this.other.change(event, change(Field.SALES_OPEN_AT, CLOSE)).block();
		assertThat(book(event, BOB)).isEqualTo(BookingOutcome.NOT_OPEN);
		assertThat(hold(event, BOB).kind()).isEqualTo(HoldOutcome.Kind.NOT_OPEN);

		this.other.change(event, change(Field.SALES_OPEN_AT, NOW)).block();
		assertThat(book(event, BOB)).isEqualTo(BookingOutcome.BOOKED);
	}

	@Test
	void followsAChangeOfTheLengthOfHoldsByAnotherProcess() {
		EventId event = event(4, null, null);
		holdAll(event, ADA);

		this.other
			.change(event,
					new EventChange(Set.of(Field.HOLD_SECONDS), null, null, null, null, 0,
							new SaleTerms(null, null, 20)))
			.block();

		assertThat(hold(event, BOB).hold().until()).isEqualTo(NOW.plusSeconds(20));
		assertThat(this.repository.holds(event, Set.of(ADA)).block()).containsEntry(ADA, made(ADA));
	}

	@Test
	void namesTheFirstReasonToRefuse() {
		EventId event = event(1, NOW, CLOSE);
		assertThat(book(event, ADA)).isEqualTo(BookingOutcome.BOOKED);
		this.clock.set(CLOSE);

		assertThat(book(event, ADA)).isEqualTo(BookingOutcome.ALREADY_REGISTERED);
		assertThat(hold(event, ADA).kind()).isEqualTo(HoldOutcome.Kind.ALREADY_REGISTERED);
		assertThat(book(event, BOB)).isEqualTo(BookingOutcome.CLOSED);
		assertThat(hold(event, BOB).kind()).isEqualTo(HoldOutcome.Kind.CLOSED);
		assertThat(bookParty(event, BOB).kind()).isEqualTo(PartyOutcome.Kind.CLOSED);
		this.clock.set(NOW.minusMillis(1));
		assertThat(book(event, BOB)).isEqualTo(BookingOutcome.NOT_OPEN);
		assertThat(holdParty(event, BOB).kind()).isEqualTo(HoldOutcome.Kind.NOT_OPEN);
	}

	@Test
	void refusesAWindowThatWouldEndBeforeItBegins() {
		EventId event = event(1, NOW, CLOSE);

		assertThat(this.repository.change(event, change(Field.SALES_OPEN_AT, CLOSE)).block())
			.isEqualTo(ChangeOutcome.CLOSES_BEFORE_OPENING);
		assertThat(this.repository.change(event, change(Field.SALES_CLOSE_AT, NOW)).block())
			.isEqualTo(ChangeOutcome.CLOSES_BEFORE_OPENING);
		assertThat(this.stored.read(event)).containsEntry("revision", 0L);

		assertThat(this.repository.change(event, change(Field.SALES_OPEN_AT, CLOSE.minusMillis(1))).block())
			.isEqualTo(ChangeOutcome.CHANGED);
		assertThat(this.repository.change(event, change(Field.SALES_CLOSE_AT, null)).block())
			.isEqualTo(ChangeOutcome.CHANGED);
		assertThat(this.repository.change(event, change(Field.SALES_OPEN_AT, CLOSE.plusSeconds(9))).block())
			.isEqualTo(ChangeOutcome.CHANGED);
	}

	@Test
	void storesTheTermsOfASaleOnlyWhereTheyAreUsed() {
		EventId event = event(1, NOW.plusNanos(1_999_999), CLOSE);
		assertThat(this.repository.find(event).block().sale())
			.isEqualTo(new SaleTerms(NOW.plusMillis(1), CLOSE, (int) HOLD.toSeconds()));

		this.repository
			.change(event,
					new EventChange(Set.of(Field.SALES_OPEN_AT, Field.SALES_CLOSE_AT, Field.HOLD_SECONDS), null, null,
							null, null, 0, SaleTerms.DEFAULT))
			.block();

		assertThat(this.repository.find(event).block().sale()).isEqualTo(SaleTerms.DEFAULT);
		assertThat(this.stored.read(event)).doesNotContainKeys("sales_open_at", "sales_close_at", "hold_seconds");
	}

	@Test
	void createsAnEventWithTheTermsOfItsSaleOnce() {
		EventId event = new EventId(new ObjectId().toHexString());
		EventDraft draft = new EventDraft("A sale", null, NOW, null, 1, new SaleTerms(NOW, CLOSE, 20));
		EventDraft other = new EventDraft("A sale", null, NOW, null, 1, new SaleTerms(NOW, CLOSE, 30));

		assertThat(this.repository.create(event, draft, NOW).block().outcome())
			.isEqualTo(EventCreation.Outcome.CREATED);
		assertThat(this.repository.create(event, draft, NOW).block().outcome())
			.isEqualTo(EventCreation.Outcome.ALREADY_CREATED);
		assertThat(this.repository.create(event, other, NOW).block()).isEqualTo(EventCreation.ID_TAKEN);
		assertThat(this.repository.find(event).block().sale()).isEqualTo(draft.sale());
	}

}
