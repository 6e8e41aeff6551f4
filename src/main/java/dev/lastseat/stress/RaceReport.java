package dev.lastseat.stress;

import java.io.PrintWriter;
import java.util.Locale;

import dev.lastseat.history.Action;
import dev.lastseat.history.Answer;
import dev.lastseat.history.CheckResult;

/** Prints the report of a race. */
final class RaceReport {

	private RaceReport() {
	}

	static void print(RaceResult result, Verdict verdict, CheckResult checkResult, PrintWriter out) {
		long booked = result.count(Answer.BOOKED);
		out.println("Total Attempts:     " + result.settings().attempts());
		out.println("Successful Bookings: " + booked);
		out.println("Time Taken:         " + result.taken().toMillis() + "ms");
		result.rates().ifPresent((rates) -> print(rates, out));
		out.println();
		if (verdict.pass()) {
			out.println("✅  PASS — " + success(result.settings(), booked) + " (no overbooking)");
		}
		else {
			out.println("❌  FAIL — expected and actual state differ:");
			verdict.differences().forEach((difference) -> out.println("      " + difference));
		}
		out.println();
		out.println("MongoDB final state  →  tickets_sold=" + result.ledger().ticketsSold() + "  registration_ids="
				+ result.ledger().registrations().size());
		out.println();
		out.println("Refusals:");
		printCount("event capacity reached", result.count(Answer.SOLD_OUT), out);
		printCount("user already registered for event", result.count(Answer.ALREADY_REGISTERED), out);
		if (result.settings().mixed()) {
			printMixed(result, out);
		}
		if (result.settings().sale()) {
			printSale(result, out);
		}
		out.println();
		CheckReport.print(result.history(), checkResult, out);
		out.flush();
	}

	private static void print(Pace.Rates rates, PrintWriter out) {
		out.printf(Locale.ROOT, "Rate:               first %,d: %,.0f/s, last %,d: %,.0f/s%n", Pace.SAMPLE,
				rates.first(), Pace.SAMPLE, rates.last());
	}

	private static String success(RaceSettings settings, long booked) {
		if (settings.mixed()) {
			return "a sequential execution explains all answers and the stored state";
		}
		return "exactly " + booked + ((booked == 1) ? " booking" : " bookings") + " succeeded";
	}

	private static void printMixed(RaceResult result, PrintWriter out) {
		out.println("Cancellations:");
		printCount("seat released", result.count(Answer.RELEASED), out);
		printCount("user had no seat", result.count(Answer.NOT_REGISTERED), out);
		out.println("Capacity changes:");
		printCount("changed", result.count(Answer.CHANGED), out);
		printCount("more seats taken than the new capacity", result.count(Answer.CAPACITY_BELOW_SOLD), out);
	}

	private static void printSale(RaceResult result, PrintWriter out) {
		long held = result.count(Answer.HELD);
		long confirmed = result.count(Answer.CONFIRMED);
		long released = result.count(Answer.HOLD_RELEASED);
		out.println("Holds:");
		printCount("held", held, out);
		printCount("confirmed", confirmed, out);
		printCount("given back", released, out);
		printCount("expired and removed", held - confirmed - released - result.ledger().held(), out);
		printCount("stored in the end", result.ledger().held(), out);
		out.println("Parties:");
		printCount("booked", countParties(result, Answer.BOOKED), out);
		printCount("refused as a whole", countParties(result, Answer.SOLD_OUT), out);
	}

	private static long countParties(RaceResult result, Answer answer) {
		return result.history()
			.operations()
			.stream()
			.filter((operation) -> operation.action() == Action.BOOK_PARTY && operation.answer() == answer)
			.count();
	}

	private static void printCount(String what, long count, PrintWriter out) {
		out.println("  " + what + ": " + count);
	}

}
