package dev.lastseat.booking;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Creates requests for tests.
 */
public final class Requests {

	private Requests() {
	}

	public static List<Request> bookings(List<UserId> users) {
		return users.stream().<Request>map(Request.Booking::new).toList();
	}

	public static List<Request> bookings(UserId... users) {
		return bookings(Arrays.asList(users));
	}

	/** The user of a request that is not for a party. */
	public static UserId user(Request request) {
		return ((Request.OfUser) request).user();
	}

	public static List<Request> cancellations(UserId... users) {
		return Arrays.stream(users).<Request>map(Request.Cancellation::new).toList();
	}

	public static List<UserId> users(String... users) {
		return Stream.of(users).map(UserId::new).toList();
	}

	/**
	 * The outcome of a request that changes the event. All holds end at the same time.
	 */
	public static Outcome granted(Request request) {
		if (request instanceof Request.Booking) {
			return BookingOutcome.BOOKED;
		}
		if (request instanceof Request.Cancellation) {
			return ReleaseOutcome.RELEASED;
		}
		if (request instanceof Request.Holding holding) {
			return new HoldOutcome(HoldOutcome.Kind.HELD, hold(holding.user()));
		}
		if (request instanceof Request.HoldRelease) {
			return HoldReleaseOutcome.RELEASED;
		}
		return (request instanceof Request.PartyBooking)
				? new PartyOutcome(PartyOutcome.Kind.BOOKED, request.users(), List.of(), 0) : new PartyHoldOutcome(
						HoldOutcome.Kind.HELD, request.users().stream().map(Requests::hold).toList(), List.of(), 0);
	}

	private static Hold hold(UserId user) {
		return new Hold(user, Instant.EPOCH, false);
	}

}
