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

	public static List<Request> cancellations(UserId... users) {
		return Arrays.stream(users).<Request>map(Request.Cancellation::new).toList();
	}

}
