package dev.lastseat.stress;

import java.io.PrintWriter;

import dev.lastseat.booking.BookingOutcome;

/**
 * Writes a race down for people to read.
 */
final class RaceReport {

	private RaceReport() {
	}

	static void print(RaceResult result, Verdict verdict, PrintWriter out) {
		long booked = result.count(BookingOutcome.BOOKED);
		out.println("Total Attempts:     " + result.settings().attempts());
		out.println("Successful Bookings: " + booked);
		out.println("Time Taken:         " + result.taken().toMillis() + "ms");
		out.println();
		if (verdict.pass()) {
			out.println("✅  PASS — exactly " + booked + ((booked == 1) ? " booking" : " bookings")
					+ " succeeded (no overbooking)");
		}
		else {
			out.println("❌  FAIL — this is not as it must be:");
			verdict.differences().forEach((difference) -> out.println("      " + difference));
		}
		out.println();
		out.println("MongoDB final state  →  tickets_sold=" + result.ledger().ticketsSold() + "  registration_ids="
				+ result.ledger().registrations().size());
		out.println();
		out.println("Refusals:");
		printRefusal("event capacity reached", result.count(BookingOutcome.SOLD_OUT), out);
		printRefusal("user already registered for event", result.count(BookingOutcome.ALREADY_REGISTERED), out);
		out.flush();
	}

	private static void printRefusal(String reason, long count, PrintWriter out) {
		out.println("  " + reason + ": " + count);
	}

}
