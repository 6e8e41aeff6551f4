package dev.lastseat.web;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.InvalidInputException.Violation;
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

	private static final Set<String> FLAGS = Set.of("true", "false");

	static final Violation BAD_EVENT_ID = new Violation("eventId", "must be 24 hexadecimal digits");

	/** Lower than any revision. */
	static final long NO_REVISION = Long.MIN_VALUE;

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
	static @Nullable Boolean flag(ServerRequest request, String name) {
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
	 * @return the id of the last event that a reconnecting client has;
	 * {@link #NO_REVISION} when the header is absent or is not a number
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

}
