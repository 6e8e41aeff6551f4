package dev.lastseat.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

import dev.lastseat.booking.OverloadedException;
import dev.lastseat.booking.StorageException;
import dev.lastseat.web.page.ContentNegotiation;
import dev.lastseat.web.problem.ProblemException;
import dev.lastseat.web.problem.ProblemWriter;
import dev.lastseat.web.problem.Problems;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.NotAcceptableStatusException;

/**
 * Filters for the routes of the API.
 */
final class RequestFilters {

	private static final MediaType[] JSON_TYPES = { MediaType.APPLICATION_JSON, MediaType.APPLICATION_PROBLEM_JSON };

	private RequestFilters() {
	}

	/**
	 * Rejects a client that does not accept JSON, before the request is processed.
	 */
	static Mono<ServerResponse> requireJsonAccepted(ServerRequest request, HandlerFunction<ServerResponse> next) {
		return ContentNegotiation.acceptsJson(request.headers()) ? next.handle(request)
				: Mono.error(new NotAcceptableStatusException(List.of(JSON_TYPES)));
	}

	/**
	 * Answers frequent rejections directly, above all "sold out", "sales not open" and
	 * "overloaded". There are thousands of them a second when an event is sold out or
	 * about to open. If they passed the outer filters as errors, Spring would add a
	 * suppressed exception to each.
	 */
	static HandlerFilterFunction<ServerResponse, ServerResponse> answerRejections(ProblemWriter writer) {
		return (request, next) -> next.handle(request)
			.onErrorResume(RequestFilters::isRejection,
					(error) -> Mono.just(new Rejection(Problems.of(error), writer)));
	}

	/**
	 * Other errors may need a log line with their cause. A handler creates a problem
	 * itself, without a cause.
	 */
	private static boolean isRejection(Throwable error) {
		return error instanceof OverloadedException || error instanceof ProblemException;
	}

	/**
	 * Limits the time until the response starts. An operation that was already sent to
	 * the storage continues.
	 * @param scheduler measures the time
	 */
	static HandlerFilterFunction<ServerResponse, ServerResponse> withTimeout(Duration timeout, Scheduler scheduler) {
		return (request, next) -> new TimeLimit<>(next.handle(request), timeout, () -> timedOut(request), scheduler);
	}

	private static StorageException timedOut(ServerRequest request) {
		TimeoutException cause = new TimeoutException();
		return isRead(request) ? new StorageException.Unavailable(cause) : new StorageException.OutcomeUnknown(cause);
	}

	static boolean isRead(ServerRequest request) {
		return request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
	}

}
