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

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.NotAcceptableStatusException;

/**
 * What holds for routes of the API.
 */
final class RequestFilters {

	private static final MediaType[] ANSWERS = { MediaType.APPLICATION_JSON, MediaType.APPLICATION_PROBLEM_JSON };

	private RequestFilters() {
	}

	/**
	 * Refuses, before anything is done, a client that could not read an answer in JSON.
	 */
	static Mono<ServerResponse> requireJsonAccepted(ServerRequest request, HandlerFunction<ServerResponse> next) {
		return ContentNegotiation.json(request.headers()) ? next.handle(request)
				: Mono.error(new NotAcceptableStatusException(List.of(ANSWERS)));
	}

	/**
	 * Answers at once what thousands are told when a sale ends, sold out and overloaded
	 * above all: on its way through the filters as an error, each of them would add a
	 * note to it that nobody reads.
	 */
	static HandlerFilterFunction<ServerResponse, ServerResponse> answerRefusals(ProblemWriter writer) {
		return (request, next) -> next.handle(request).onErrorResume(RequestFilters::isRefusal, (error) -> {
			ProblemException problem = Problems.of(error);
			return ServerResponse.status(problem.code().status())
				.build((exchange, context) -> writer.write(exchange, problem));
		});
	}

	/**
	 * What else comes to pass may have to be logged.
	 */
	private static boolean isRefusal(Throwable error) {
		return error instanceof OverloadedException
				|| (error instanceof ProblemException problem && !problem.code().retryable());
	}

	/**
	 * Bounds the wait of the client for the beginning of an answer. What was sent to the
	 * storage by then goes on.
	 */
	static HandlerFilterFunction<ServerResponse, ServerResponse> answerWithin(Duration timeout) {
		return (request, next) -> next.handle(request)
			.timeout(timeout)
			.onErrorMap(TimeoutException.class, (error) -> isReading(request) ? new StorageException.Unavailable(error)
					: new StorageException.OutcomeUnknown(error));
	}

	static boolean isReading(ServerRequest request) {
		return request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
	}

}
