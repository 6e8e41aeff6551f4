package dev.lastseat.web;

import java.util.List;

import dev.lastseat.booking.EventId;
import dev.lastseat.booking.InvalidInputException.Violation;
import dev.lastseat.booking.UserId;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Reads the parts of a request into the core's types.
 */
final class RequestReader {

	private static final int DEFAULT_LIMIT = 20;

	private static final int MAX_LIMIT = 100;

	private RequestReader() {
	}

	/**
	 * @return the body; an error when there is none
	 */
	static <T> Mono<T> body(ServerRequest request, Class<T> type) {
		return request.bodyToMono(type)
			.switchIfEmpty(Mono.error(() -> ProblemException.invalid(List.of(BodyErrors.NO_OBJECT))));
	}

	static EventId eventId(ServerRequest request) {
		return new EventId(request.pathVariable("eventId"));
	}

	static UserId userId(ServerRequest request) {
		return new UserId(request.pathVariable("userId"));
	}

	/**
	 * @return how many entries a list may have
	 */
	static int limit(ServerRequest request) {
		return request.queryParam("limit").map(RequestReader::parseLimit).orElse(DEFAULT_LIMIT);
	}

	private static int parseLimit(String text) {
		try {
			int limit = Integer.parseInt(text);
			if (limit >= 1 && limit <= MAX_LIMIT) {
				return limit;
			}
		}
		catch (NumberFormatException ex) {
			// Reported below, like any other value that is out of bounds.
		}
		throw ProblemException.invalid(List.of(new Violation("limit", "must be a whole number from 1 to 100")));
	}

}
