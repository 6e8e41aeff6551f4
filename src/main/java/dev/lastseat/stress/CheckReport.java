package dev.lastseat.stress;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

import dev.lastseat.booking.Ledger;
import dev.lastseat.history.Answer;
import dev.lastseat.history.History;
import dev.lastseat.history.CheckResult;
import dev.lastseat.history.Operation;

/** Prints the result of a check. */
public final class CheckReport {

	/**
	 * The limit of printed operations. Of a longer prefix, the last operations and the
	 * offending one are printed.
	 */
	private static final int MAX_LINES = 200;

	private static final int NANOS_IN_A_MICRO = 1000;

	private CheckReport() {
	}

	public static void print(History history, CheckResult checkResult, PrintWriter out) {
		if (checkResult instanceof CheckResult.Violation violation) {
			out.println("linearizable: no, " + violation.reason());
			out.println();
			printPrefix(violation, out);
			if (violation.offender() == null) {
				printLedger(history.ledger(), out);
			}
		}
		else if (checkResult instanceof CheckResult.Undecided undecided) {
			out.println("linearizable: undecided, " + undecided.reason());
		}
		else {
			out.println("linearizable: yes");
		}
	}

	private static void printPrefix(CheckResult.Violation violation, PrintWriter out) {
		List<Operation> prefix = violation.prefix();
		out.printf(Locale.ROOT,
				"The smallest prefix that no sequential execution explains has %,d operations (in microseconds):%n",
				prefix.size());
		int hidden = Math.max(0, prefix.size() - MAX_LINES);
		if (hidden > 0) {
			out.printf(Locale.ROOT,
					"      ... the first %,d are not shown; stress --history=<file> writes all of them%n", hidden);
		}
		long origin = prefix.isEmpty() ? 0 : prefix.get(0).invoked();
		for (int i = 0; i < prefix.size(); i++) {
			Operation operation = prefix.get(i);
			boolean offending = operation == violation.offender();
			if (i >= hidden || offending) {
				out.println((offending ? "  >>  " : "      ") + line(operation, origin));
			}
		}
	}

	private static String line(Operation operation, long origin) {
		String what = operation.action() + " " + operation.subject();
		boolean unknown = operation.answer() == Answer.UNKNOWN;
		return String.format(Locale.ROOT, "%,12d - %12s  %-24s %s", micros(operation.invoked(), origin),
				unknown ? "" : String.format(Locale.ROOT, "%,d", micros(operation.responded(), origin)), what,
				unknown ? "no answer yet" : operation.answer());
	}

	private static long micros(long moment, long origin) {
		return (moment - origin) / NANOS_IN_A_MICRO;
	}

	private static void printLedger(Ledger ledger, PrintWriter out) {
		List<?> first = ledger.registrations().stream().limit(MAX_LINES).toList();
		out.println(String.format(Locale.ROOT, "  >>  stored: capacity=%d tickets_sold=%d registration_ids=%s%s",
				ledger.capacity(), ledger.ticketsSold(), first,
				(first.size() < ledger.registrations().size()) ? " and more" : ""));
	}

}
