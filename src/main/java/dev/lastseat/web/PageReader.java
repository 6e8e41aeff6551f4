package dev.lastseat.web;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.lastseat.booking.EventQuery;
import dev.lastseat.booking.HoldQuery;
import dev.lastseat.booking.InvalidInputException.Violation;
import dev.lastseat.booking.RegistrationCursor;
import dev.lastseat.booking.UserId;
import dev.lastseat.web.problem.ProblemException;
import org.jspecify.annotations.Nullable;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Converts the query of a request for a page of a list to types of the core.
 */
final class PageReader {

	static final String OFFERS = "offers";

	/** The number of elements of a page, unless the client sends a limit. */
	static final int DEFAULT_LIMIT = 20;

	/** The maximum number of elements of a page. */
	static final int MAX_LIMIT = 100;

	private static final Violation BAD_LIMIT = new Violation("limit", "must be a whole number from 1 to " + MAX_LIMIT);

	/** A position in a journal has at most the digits of a {@code long}. */
	private static final Pattern POSITION = Pattern.compile("[0-9]{1,19}");

	private PageReader() {
	}

	/**
	 * @return the maximum number of elements of the page
	 */
	static int limit(ServerRequest request) {
		return request.queryParam("limit").map(PageReader::parseLimit).orElse(DEFAULT_LIMIT);
	}

	static EventQuery eventQuery(ServerRequest request) {
		return new EventQuery(instant(request, "from"), instant(request, "to"), null,
				eventCursor(request, Paths.EVENTS), limit(request));
	}

	static EventQuery eventQueryOfUser(ServerRequest request) {
		UserId user = RequestReader.userId(request);
		return new EventQuery(null, null, user, eventCursor(request, Paths.registrations(user)), limit(request));
	}

	static @Nullable RegistrationCursor registrationCursor(ServerRequest request) {
		return after(request).map(
				(cursor) -> Cursors.readRegistrationCursor(Paths.registrations(RequestReader.eventId(request)), cursor))
			.orElse(null);
	}

	static HoldQuery holdQuery(ServerRequest request) {
		HoldQuery.Cursor after = after(request)
			.map((cursor) -> Cursors.readHoldCursor(Paths.holds(RequestReader.eventId(request)), cursor))
			.orElse(null);
		return new HoldQuery(RequestReader.flag(request, OFFERS), after, limit(request));
	}

	/**
	 * @return the number of users before the page
	 */
	static int waitingListCursor(ServerRequest request) {
		return after(request)
			.map((cursor) -> Cursors.readWaitingListCursor(Paths.waitingList(RequestReader.eventId(request)), cursor))
			.orElse(0);
	}

	/**
	 * The cursor of a journal is the position of an entry. It is not encoded, because a
	 * client that has an entry also has its position.
	 * @return the position of the last entry before the page; 0 for the first page
	 */
	static long journalCursor(ServerRequest request) {
		return after(request).map(PageReader::parsePosition).orElse(0L);
	}

	private static long parsePosition(String text) {
		try {
			if (POSITION.matcher(text).matches()) {
				return Long.parseLong(text);
			}
		}
		catch (NumberFormatException ex) {
			// Reported below, like a text that is not a number.
		}
		throw Cursors.invalid();
	}

	private static EventQuery.@Nullable Cursor eventCursor(ServerRequest request, String list) {
		return after(request).map((cursor) -> Cursors.readEventCursor(list, cursor)).orElse(null);
	}

	private static Optional<String> after(ServerRequest request) {
		return request.queryParam("after");
	}

	private static @Nullable Instant instant(ServerRequest request, String name) {
		return request.queryParam(name).map((text) -> {
			Instant instant = Instants.parse(text);
			if (instant == null) {
				throw ProblemException.invalid(new Violation(name, badInstant(text)));
			}
			return instant;
		}).orElse(null);
	}

	/**
	 * A plus sign in a query means a space, which clients often overlook.
	 */
	private static String badInstant(String text) {
		return (Instants.parse(text.replace(' ', '+')) != null)
				? BodyFields.INSTANT + "; in a query, the + of an offset is written %2B" : BodyFields.INSTANT;
	}

	private static int parseLimit(String text) {
		try {
			int limit = Integer.parseInt(text);
			if (limit >= 1 && limit <= MAX_LIMIT) {
				return limit;
			}
		}
		catch (NumberFormatException ex) {
			// Reported below, like a number that is out of range.
		}
		throw ProblemException.invalid(BAD_LIMIT);
	}

}
