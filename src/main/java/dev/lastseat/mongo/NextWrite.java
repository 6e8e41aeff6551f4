package dev.lastseat.mongo;

import java.util.List;

import dev.lastseat.booking.Request;

/**
 * Divides requests that a snapshot allows into those of the next write and the others,
 * which are decided after it.
 *
 * @param requests cancellations first, since each of them frees a seat for a booking
 */
record NextWrite(List<Request> requests, List<Request> others) {

	/** The number of failed attempts up to which a write contains all requests. */
	private static final int FULL_ATTEMPTS = 3;

	/**
	 * @param failedAttempts writes in a row that did not match
	 */
	static NextWrite of(List<Request> bookings, List<Request> cancellations, int freeSeats, int failedAttempts) {
		int limit = limit(bookings.size() + cancellations.size(), failedAttempts);
		int cancelled = Math.min(cancellations.size(), limit);
		int booked = Math.min(Math.min(bookings.size(), limit), freeSeats + cancelled);
		return new NextWrite(RoundDecision.concat(cancellations.subList(0, cancelled), bookings.subList(0, booked)),
				RoundDecision.concat(cancellations.subList(cancelled, cancellations.size()),
						bookings.subList(booked, bookings.size())));
	}

	/**
	 * The more requests a write contains, the likelier another writer changes a condition
	 * of one of them between the read and the write. So after these attempts each attempt
	 * has half as many requests as the one before, and at least one.
	 */
	private static int limit(int requests, int failedAttempts) {
		int halvings = Math.max(0, failedAttempts - FULL_ATTEMPTS);
		return Math.max(1, requests >> halvings);
	}

}
