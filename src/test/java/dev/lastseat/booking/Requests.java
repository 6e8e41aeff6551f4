package dev.lastseat.booking;

import java.util.Arrays;
import java.util.List;

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

}
