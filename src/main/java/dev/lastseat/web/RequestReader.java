package dev.lastseat.web;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.EventQuery;
import dev.lastseat.booking.HoldQuery;
import dev.lastseat.booking.InvalidInputException.Violation;
import dev.lastseat.booking.RegistrationCursor;
import dev.lastseat.booking.UserId;
import dev.lastseat.web.problem.ProblemException;
import org.jspecify.annotations.Nullable;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Converts the path, the query and the headers of a request to types of the core.
 */
final class RequestReader {

	static final String LAST_EVENT_ID = "Last-Event-ID";

	static final String WITH_REGISTRATIONS = "withRegistrations";

	static final String OFFERS = "offers";

	private static final Set<String> FLAGS = Set.of("true", "false");

	static final Violation BAD_EVENT_ID = new Violation("eventId", "must be 24 hexadecimal digits");

	/** Lower than any revision. */
	static final long NO_REVISION = Long.MIN_VALUE;

	/** The number of elements of a page, unless the client sends a limit. */
	static final int DEFAULT_LIMIT = 20;

	/** The maximum number of elements of a page. */
	static final int MAX_LIMIT = 100;

	private static final Violation BAD_LIMIT = new Violation("limit", "must be a whole number from 1 to " + MAX_LIMIT);

	/**
	 * The maximum number of events of one stream. The first line of a request has room
	 * for this number of ids.
	 */
	static final int MAX_EVENTS = 100;

	private static final Violation BAD_EVENT_IDS = new Violation("eventId",
			"must be given 1 to " + MAX_EVENTS + " times");

	private static final Violation NO_EVENT_ID = new Violation("eventId", "must not be empty");

	private RequestReader() {
	}

	static EventId eventId(ServerRequest request) {
		return new EventId(request.pathVariable("eventId"));
	}

	/**
	 * @return the id that the client chose for a new event
	 */
	static EventId newEventId(ServerRequest request) {
		EventId event = eventId(request);
		if (!event.value().matches(Paths.EVENT_ID)) {
			throw ProblemException.invalid(BAD_EVENT_ID);
		}
		return event;
	}

	static boolean withRegistrations(ServerRequest request) {
		return Boolean.TRUE.equals(flag(request, WITH_REGISTRATIONS));
	}

	/**
	 * @return null without the parameter
	 */
	private static @Nullable Boolean flag(ServerRequest request, String name) {
		List<String> values = request.queryParams().get(name);
		if (values == null) {
			return null;
		}
		if (values.size() != 1 || !FLAGS.contains(String.valueOf(values.get(0)))) {
			throw ProblemException.invalid(new Violation(name, "must be true or false"));
		}
		return Boolean.valueOf(values.get(0));
	}

	/**
	 * @return the events that the query names, in their order and without duplicates
	 */
	static Set<EventId> eventIds(ServerRequest request) {
		List<@Nullable String> ids = request.queryParams().getOrDefault("eventId", List.of());
		if (ids.stream().anyMatch((id) -> id == null || id.isEmpty())) {
			throw ProblemException.invalid(NO_EVENT_ID);
		}
		Set<EventId> events = ids.stream().map(EventId::new).collect(Collectors.toCollection(LinkedHashSet::new));
		if (events.isEmpty() || events.size() > MAX_EVENTS) {
			throw ProblemException.invalid(BAD_EVENT_IDS);
		}
		return events;
	}

	/**
	 * @return the revision that a reconnecting client has; {@link #NO_REVISION} when the
	 * header is absent or is not a number
	 */
	static long lastEventId(ServerRequest request) {
		try {
			return Long.parseLong(String.valueOf(request.headers().firstHeader(LAST_EVENT_ID)));
		}
		catch (NumberFormatException ex) {
			return NO_REVISION;
		}
	}

	static UserId userId(ServerRequest request) {
		return new UserId(request.pathVariable("userId"));
	}

	/**
	 * @return the maximum number of elements of the page
	 */
	static int limit(ServerRequest request) {
		return request.queryParam("limit").map(RequestReader::parseLimit).orElse(DEFAULT_LIMIT);
	}

	static EventQuery eventQuery(ServerRequest request) {
		return new EventQuery(instant(request, "from"), instant(request, "to"), null,
				eventCursor(request, Paths.EVENTS), limit(request));
	}

	static EventQuery eventQueryOfUser(ServerRequest request) {
		UserId user = userId(request);
		return new EventQuery(null, null, user, eventCursor(request, Paths.registrations(user)), limit(request));
	}

	static @Nullable RegistrationCursor registrationCursor(ServerRequest request) {
		return after(request)
			.map((cursor) -> Cursors.readRegistrationCursor(Paths.registrations(eventId(request)), cursor))
			.orElse(null);
	}

	static HoldQuery holdQuery(ServerRequest request) {
		HoldQuery.Cursor after = after(request)
			.map((cursor) -> Cursors.readHoldCursor(Paths.holds(eventId(request)), cursor))
			.orElse(null);
		return new HoldQuery(flag(request, OFFERS), after, limit(request));
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
