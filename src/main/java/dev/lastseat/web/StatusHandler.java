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
 * Requests about how the sale of events stands, now and from now on.
 */
final class StatusHandler {

	private static final MediaType STREAM = MediaType.TEXT_EVENT_STREAM;

	private static final MediaType[] FORMS = { MediaType.APPLICATION_JSON, STREAM };

	/** Present states that are asked for at once, for one who watches many events. */
	private static final int READS_AT_ONCE = 16;

	private final BookingService service;

	private final LiveStatus<StatusFrame> live;

	private final StatusStream streams;

	private final StreamLimit places;

	StatusHandler(BookingService service, LiveStatus<StatusFrame> live, StatusStream streams, StreamLimit places) {
		this.service = service;
		this.live = live;
		this.streams = streams;
		this.places = places;
	}

	Mono<ServerResponse> read(ServerRequest request) {
		MediaType form = ContentNegotiation.best(request.headers(), FORMS);
		if (form == null && ContentNegotiation.json(request.headers())) {
			form = MediaType.APPLICATION_JSON;
		}
		if (form == null) {
			return Mono.error(new NotAcceptableStatusException(List.of(FORMS)));
		}
		EventId event = RequestReader.eventId(request);
		return form.equals(STREAM) ? watch(request, event) : snapshot(event);
	}

	private Mono<ServerResponse> snapshot(EventId event) {
		return this.service.find(event)
			.switchIfEmpty(Mono.error(OutcomeResponses::eventNotFound))
			.flatMap((found) -> ServerResponse.ok().bodyValue(StatusView.of(found)));
	}

	private Mono<ServerResponse> watch(ServerRequest request, EventId event) {
		long known = RequestReader.lastEventId(request);
		return this.live.current(event)
			.flatMap((present) -> present.closed() ? Mono.error(OutcomeResponses.eventNotFound()) : Mono.just(present))
			.map((present) -> watch(event, known))
			.defaultIfEmpty(Flux.empty())
			.flatMap((updates) -> answer(request, this.streams.of(updates, 1, StatusFrame::withId)));
	}

	/**
	 * @param known the revision that the client has already: the first state is left out
	 * when it has just this one. A lower one is news: the client's was taken back
	 */
	private Flux<StatusFrame> watch(EventId event, long known) {
		return this.live.updates(event)
			.index()
			.filter((numbered) -> numbered.getT1() > 0 || numbered.getT2().revision() != known)
			.map(Tuple2::getT2);
	}

	Mono<ServerResponse> watchMany(ServerRequest request) {
		if (ContentNegotiation.best(request.headers(), STREAM) == null) {
			return Mono.error(new NotAcceptableStatusException(List.of(STREAM)));
		}
		Set<EventId> events = RequestReader.eventIds(request);
		return Flux.fromIterable(events)
			.flatMapSequential(this.live::current, READS_AT_ONCE, 1)
			.collectList()
			.flatMap((present) -> (!present.isEmpty() && present.stream().allMatch(StatusFrame::closed))
					? Mono.error(OutcomeResponses.eventNotFound()) : answer(request,
							this.streams.of(this.live.updates(events), events.size(), StatusFrame::withoutId)));
	}

	private Mono<ServerResponse> answer(ServerRequest request, Flux<ByteBuffer> stream) {
		ServerResponse.BodyBuilder answer = ServerResponse.ok()
			.contentType(STREAM)
			.cacheControl(CacheControl.noStore())
			.header("X-Accel-Buffering", "no");
		return (request.method() == HttpMethod.HEAD) ? answer.build()
				: answer.build((exchange, context) -> this.places.during(write(exchange.getResponse(), stream)));
	}

	/**
	 * Sends each piece at once.
	 */
	private static Mono<Void> write(ServerHttpResponse response, Flux<ByteBuffer> stream) {
		return response.writeAndFlushWith(stream.map((bytes) -> Mono.just(response.bufferFactory().wrap(bytes))));
	}

}
