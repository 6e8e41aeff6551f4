package dev.lastseat.mongo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import dev.lastseat.booking.BookingOutcome;
import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventRepository;
import dev.lastseat.booking.Hold;
import dev.lastseat.booking.JoinOutcome;
import dev.lastseat.booking.LeaveOutcome;
import dev.lastseat.booking.Page;
import dev.lastseat.booking.ReleaseOutcome;
import dev.lastseat.booking.Request;
import dev.lastseat.booking.SaleTerms;
import dev.lastseat.booking.Standing;
import dev.lastseat.booking.UserId;
import dev.lastseat.booking.WaitingPlace;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The storage of a contract about waiting lists: events whose offers end after two
 * minutes, and that are full.
 */
abstract class WaitingListTest extends SaleTest {

	static final Duration OFFER = Duration.ofMinutes(2);

	@Override
	EventId event(int capacity, Instant opensAt, Instant closesAt) {
		return event(capacity, new SaleTerms(opensAt, closesAt, (int) HOLD.toSeconds(), (int) OFFER.toSeconds()));
	}

	/** An event without a free seat. Its users are booked0, booked1, ... */
	EventId soldOut(int capacity) {
		EventId event = event(capacity);
		List<Request> bookings = List.of(users("booked", capacity))
			.stream()
			.<Request>map(Request.Booking::new)
			.toList();
		assertThat(decide(event, bookings.toArray(Request[]::new)).values()).hasSize(capacity)
			.allMatch(BookingOutcome.BOOKED::equals);
		return event;
	}

	/** An event without a free seat, on whose waiting list are waiting0, waiting1, ... */
	EventId soldOut(int capacity, int waiting) {
		EventId event = soldOut(capacity);
		joinAll(event, users("waiting", waiting));
		return event;
	}

	void joinAll(EventId event, UserId... users) {
		for (UserId user : users) {
			assertThat(join(event, user).kind()).isEqualTo(JoinOutcome.Kind.JOINED);
		}
	}

	JoinOutcome join(EventId event, UserId user) {
		return join(this.repository, event, user);
	}

	static JoinOutcome join(EventRepository repository, EventId event, UserId user) {
		return (JoinOutcome) decide(repository, event, new Request.Joining(user)).get(new Request.Joining(user));
	}

	static JoinOutcome joined(int position, int length) {
		return new JoinOutcome(JoinOutcome.Kind.JOINED, new WaitingPlace(position, length));
	}

	LeaveOutcome leave(EventId event, UserId user) {
		return (LeaveOutcome) decide(event, new Request.Leaving(user)).get(new Request.Leaving(user));
	}

	/** Cancels the registrations of users in one round. */
	void cancelAll(EventId event, UserId... users) {
		Request[] cancellations = List.of(users).stream().map(Request.Cancellation::new).toArray(Request[]::new);
		assertThat(decide(event, cancellations).values()).hasSize(users.length)
			.allMatch(ReleaseOutcome.RELEASED::equals);
	}

	/** An offer that is made now. */
	Hold offered(UserId user) {
		return new Hold(user, this.clock.instant().plus(OFFER), true);
	}

	/** The users of the waiting list. */
	List<String> waiting(EventId event) {
		Page<UserId, Integer> page = this.other.waitingList(event, 0, 1_000).block();
		assertThat(page.next()).isNull();
		return page.items().stream().map(UserId::value).toList();
	}

	/** The users with an offer, in any order. */
	Set<UserId> offers(EventId event) {
		return Set.copyOf(
				this.repository.ledger(event).block().holds().stream().filter(Hold::offer).map(Hold::user).toList());
	}

	long revision(EventId event) {
		return this.repository.find(event).block().revision();
	}

	Standing standing(EventId event, UserId user) {
		return this.other.standings(event, Set.of(user)).block().get(user);
	}

}
