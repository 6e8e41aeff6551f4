package dev.lastseat.web;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventQuery;
import dev.lastseat.booking.HoldQuery;
import dev.lastseat.booking.InvalidInputException;
import dev.lastseat.booking.RegistrationCursor;
import dev.lastseat.booking.UserId;
import dev.lastseat.web.problem.ProblemCode;
import dev.lastseat.web.problem.ProblemException;

/**
 * Encodes and decodes cursors. A cursor is a position in a list. It has a checksum over
 * the position and over the path of the list, so that a damaged or forged cursor, or one
 * of another list, is rejected.
 */
final class Cursors {

	/** Checksum, number, name. */
	private static final Pattern PATTERN = Pattern.compile("([0-9a-f]{1,8}),(-?\\d{1,18}),(.+)");

	private static final Pattern EVENT_ID = Pattern.compile(Paths.EVENT_ID);

	/** The name in a cursor of a waiting list, which is a number only. */
	private static final String WAITING = "waiting";

	private Cursors() {
	}

	static String write(String list, EventQuery.Cursor cursor) {
		return write(list, cursor.startsAt().toEpochMilli(), cursor.event().value());
	}

	static String write(String list, RegistrationCursor cursor) {
		return write(list, cursor.position(), cursor.user().value());
	}

	static String write(String list, HoldQuery.Cursor cursor) {
		return write(list, cursor.until().toEpochMilli(), cursor.user().value());
	}

	/**
	 * @param before number of users of the waiting list before the page
	 */
	static String writeWaitingListCursor(String list, int before) {
		return write(list, before, WAITING);
	}

	static EventQuery.Cursor readEventCursor(String list, String cursor) {
		MatchResult parts = read(list, cursor);
		if (!EVENT_ID.matcher(parts.group(3)).matches()) {
			throw invalid();
		}
		return new EventQuery.Cursor(Instant.ofEpochMilli(Long.parseLong(parts.group(2))), new EventId(parts.group(3)));
	}

	static RegistrationCursor readRegistrationCursor(String list, String cursor) {
		MatchResult parts = read(list, cursor);
		try {
			int position = Math.toIntExact(Long.parseLong(parts.group(2)));
			if (position >= 1) {
				return new RegistrationCursor(position, new UserId(parts.group(3)));
			}
		}
		catch (InvalidInputException | ArithmeticException ex) {
			// Not a position in a list of registrations: reported below.
		}
		throw invalid();
	}

	static HoldQuery.Cursor readHoldCursor(String list, String cursor) {
		MatchResult parts = read(list, cursor);
		try {
			return new HoldQuery.Cursor(Instant.ofEpochMilli(Long.parseLong(parts.group(2))),
					new UserId(parts.group(3)));
		}
		catch (InvalidInputException ex) {
			throw invalid();
		}
	}

	static int readWaitingListCursor(String list, String cursor) {
		MatchResult parts = read(list, cursor);
		long before = Long.parseLong(parts.group(2));
		if (!parts.group(3).equals(WAITING) || before < 1 || before > Integer.MAX_VALUE) {
			throw invalid();
		}
		return (int) before;
	}

	private static String write(String list, long number, String name) {
		String position = number + "," + name;
		String checked = checksum(list, position) + "," + position;
		return Base64.getUrlEncoder().withoutPadding().encodeToString(checked.getBytes(StandardCharsets.UTF_8));
	}

	private static MatchResult read(String list, String cursor) {
		Matcher parts = PATTERN.matcher(decode(cursor));
		if (!parts.matches() || !parts.group(1).equals(checksum(list, parts.group(2) + "," + parts.group(3)))) {
			throw invalid();
		}
		return parts.toMatchResult();
	}

	private static String decode(String cursor) {
		try {
			return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw invalid();
		}
	}

	private static String checksum(String list, String position) {
		CRC32 sum = new CRC32();
		sum.update((list + "\n" + position).getBytes(StandardCharsets.UTF_8));
		return Long.toHexString(sum.getValue());
	}

	static ProblemException invalid() {
		return new ProblemException(ProblemCode.INVALID_CURSOR, "the cursor does not belong to this list");
	}

}
