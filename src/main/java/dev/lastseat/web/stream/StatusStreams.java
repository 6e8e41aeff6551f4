package dev.lastseat.web.stream;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.lastseat.booking.EventId;
import dev.lastseat.web.log.RequestIds;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;

/**
 * Streams the live status of events, the standing of a user or the journal of an event as
 * the body of a response.
 * <p>
 * The streams are written by the event loops of the server, with no operators for each
 * stream: an event loop subscribes once to the events that its connections watch, and
 * writes each update to all of them. So a stream costs little memory, and an update
 * reaches thousands of streams in a few milliseconds.
 */
public final class StatusStreams {

	private final LiveFrames frames;

	private final StreamLimit limit;

	private final Duration writeTimeout;

	private final Map<EventLoop, LoopStreams> loops = new ConcurrentHashMap<>();

	/**
	 * @param maxStreams the maximum number of open streams
	 * @param writeTimeout the maximum time that a stream waits for a client that does not
	 * read
	 */
	public StatusStreams(LiveFrames frames, int maxStreams, Duration writeTimeout) {
		this.frames = frames;
		this.limit = new StreamLimit(maxStreams);
		this.writeTimeout = writeTimeout;
	}

	/**
	 * Writes a stream after the headers of the response. Cancelling ends the stream.
	 * Fails without any change to the response when too many streams are open.
	 * @param exchange a request to Reactor Netty
	 * @param known the revision that the client has, if it watches a single event. The
	 * first state is omitted when it has exactly this revision
	 * @return completes when all events are closed or the process stops, or at once when
	 * a {@link LastingBody} writes the stream
	 */
	public Mono<Void> write(ServerWebExchange exchange, Watched watched, long known) {
		return write(exchange, (streams, channel, headers, end) -> streams.open(channel, headers, watched, known, end));
	}

	/**
	 * Writes the stream of a journal after the headers of the response. Cancelling ends
	 * the stream. Fails without any change to the response when too many streams are
	 * open.
	 * @param exchange a request to Reactor Netty
	 * @param after the position of the last entry that the client has; 0 for none
	 * @return completes when the event was deleted or the process stops, or at once when
	 * a {@link LastingBody} writes the stream
	 */
	public Mono<Void> writeJournal(ServerWebExchange exchange, EventId event, long after) {
		return write(exchange, (streams, channel, headers, end) -> streams.openJournal(channel, headers,
				this.frames.journal(event, after), end));
	}

	private Mono<Void> write(ServerWebExchange exchange, Opening opening) {
		Mono<Void> headers = headers(exchange);
		HttpServerResponse response = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
		Mono<Void> stream = Mono.create(
				(end) -> response.withConnection((connection) -> open(connection.channel(), headers, end, opening)));
		return LastingBody.write(exchange,
				this.limit.during(Mono.defer(exchange.getResponse()::setComplete).then(stream)));
	}

	/**
	 * Sends the headers of the response. Then releases them and those of the request,
	 * which nothing reads any more: from a browser those of the request take about two
	 * kilobytes.
	 */
	private static Mono<Void> headers(ServerWebExchange exchange) {
		HttpServerRequest request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
		HttpServerResponse response = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
		return Mono.defer(() -> response.sendHeaders().then()).doOnTerminate(() -> {
			request.requestHeaders().clear();
			keepOnlyId(response.responseHeaders());
		});
	}

	/** The access log reads the request id when the stream ends. */
	static void keepOnlyId(HttpHeaders response) {
		String id = response.get(RequestIds.HEADER);
		response.clear();
		if (id != null) {
			response.set(RequestIds.HEADER, id);
		}
	}

	private void open(Channel channel, Mono<Void> headers, MonoSink<Void> end, Opening opening) {
		EventLoop loop = channel.eventLoop();
		LoopStreams streams = this.loops.computeIfAbsent(loop,
				(key) -> new LoopStreams(loop, this.frames::of, this.writeTimeout));
		loop.execute(() -> opening.open(streams, channel, headers, end));
	}

	/** Opens a stream of one kind, on the event loop of its connection. */
	private interface Opening {

		void open(LoopStreams streams, Channel channel, Mono<Void> headers, MonoSink<Void> end);

	}

}
