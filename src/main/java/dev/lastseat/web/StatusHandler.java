package dev.lastseat.web;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

import dev.lastseat.booking.BookingService;
import dev.lastseat.booking.EventId;
import dev.lastseat.status.LiveStatus;
import dev.lastseat.web.page.ContentNegotiation;
import dev.lastseat.web.stream.StatusFrame;
import dev.lastseat.web.stream.StatusStream;
import dev.lastseat.web.stream.StatusView;
import dev.lastseat.web.stream.StreamLimit;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.function.Tuple2;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.NotAcceptableStatusException;

/**
 * Handles requests for the status of events, as a snapshot or as a stream.
 */
final class StatusHandler {

	private static final MediaType STREAM = MediaType.TEXT_EVENT_STREAM;

	private static final MediaType[] TYPES = { MediaType.APPLICATION_JSON, STREAM };

	/** The number of concurrent reads at the start of a stream of several events. */
	private static final int READ_CONCURRENCY = 16;

	private final BookingService service;

	private final LiveStatus<StatusFrame> live;

	private final StatusStream streams;

	private final StreamLimit limit;

	StatusHandler(BookingService service, LiveStatus<StatusFrame> live, StatusStream streams, StreamLimit limit) {
		this.service = service;
		this.live = live;
		this.streams = streams;
		this.limit = limit;
	}

	Mono<ServerResponse> read(ServerRequest request) {
		MediaType type = ContentNegotiation.select(request.headers(), TYPES);
		if (type == null && ContentNegotiation.acceptsJson(request.headers())) {
			type = MediaType.APPLICATION_JSON;
		}
		if (type == null) {
			return Mono.error(new NotAcceptableStatusException(List.of(TYPES)));
		}
		EventId event = RequestReader.eventId(request);
		return type.equals(STREAM) ? watch(request, event) : snapshot(event);
	}

	private Mono<ServerResponse> snapshot(EventId event) {
		return this.service.find(event)
			.switchIfEmpty(Mono.error(OutcomeResponses::eventNotFound))
			.flatMap((found) -> ServerResponse.ok().bodyValue(StatusView.of(found)));
	}

	private Mono<ServerResponse> watch(ServerRequest request, EventId event) {
		long known = RequestReader.lastEventId(request);
		return this.live.current(event)
			.flatMap((current) -> current.closed() ? Mono.error(OutcomeResponses.eventNotFound()) : Mono.just(current))
			.map((current) -> watch(event, known))
			.defaultIfEmpty(Flux.empty())
			.flatMap((updates) -> respond(request, this.streams.of(updates, 1, StatusFrame::withId)));
	}

	/**
	 * @param known the revision that the client has. The first state is omitted when it
	 * has exactly this revision. A lower revision is sent, because an election has rolled
	 * back the state of the client
	 */
	private Flux<StatusFrame> watch(EventId event, long known) {
		return this.live.updates(event)
			.index()
			.filter((numbered) -> numbered.getT1() > 0 || numbered.getT2().revision() != known)
			.map(Tuple2::getT2);
	}

	Mono<ServerResponse> watchMany(ServerRequest request) {
		if (ContentNegotiation.select(request.headers(), STREAM) == null) {
			return Mono.error(new NotAcceptableStatusException(List.of(STREAM)));
		}
		Set<EventId> events = RequestReader.eventIds(request);
		return Flux.fromIterable(events)
			.flatMapSequential(this.live::current, READ_CONCURRENCY, 1)
			.collectList()
			.flatMap((current) -> (!current.isEmpty() && current.stream().allMatch(StatusFrame::closed))
					? Mono.error(OutcomeResponses.eventNotFound()) : respond(request,
							this.streams.of(this.live.updates(events), events.size(), StatusFrame::withoutId)));
	}

	private Mono<ServerResponse> respond(ServerRequest request, Flux<ByteBuffer> stream) {
		ServerResponse.BodyBuilder response = ServerResponse.ok()
			.contentType(STREAM)
			.cacheControl(CacheControl.noStore())
			.header("X-Accel-Buffering", "no");
		return (request.method() == HttpMethod.HEAD) ? response.build()
				: response.build((exchange, context) -> this.limit.during(write(exchange.getResponse(), stream)));
	}

	/** Flushes each event. */
	private static Mono<Void> write(ServerHttpResponse response, Flux<ByteBuffer> stream) {
		return response.writeAndFlushWith(stream.map((bytes) -> Mono.just(response.bufferFactory().wrap(bytes))));
	}

}
