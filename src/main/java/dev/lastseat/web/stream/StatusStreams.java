package dev.lastseat.web.stream;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.lastseat.status.LiveStatus;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/**
 * Streams the live status of events as the body of a response.
 * <p>
 * The streams are written by the event loops of the server, with no operators for each
 * stream: an event loop subscribes once to the events that its connections watch, and
 * writes each update to all of them. So a stream costs little memory, and an update
 * reaches thousands of streams in a few milliseconds.
 */
public final class StatusStreams {

	private final LiveStatus<StatusFrame> live;

	private final StreamLimit limit;

	private final Duration writeTimeout;

	private final Map<EventLoop, LoopStreams> loops = new ConcurrentHashMap<>();

	/**
	 * @param maxStreams the maximum number of open streams
	 * @param writeTimeout the maximum time that a stream waits for a client that does not
	 * read
	 */
	public StatusStreams(LiveStatus<StatusFrame> live, int maxStreams, Duration writeTimeout) {
		this.live = live;
		this.limit = new StreamLimit(maxStreams);
		this.writeTimeout = writeTimeout;
	}

	/**
	 * Writes a stream after the headers of the response. Cancelling ends the stream.
	 * Fails without any change to the response when too many streams are open.
	 * @param response a response of Reactor Netty
	 * @param known the revision that the client has, if it watches a single event. The
	 * first state is omitted when it has exactly this revision
	 * @return completes when all events are closed or the process stops
	 */
	public Mono<Void> write(ServerHttpResponse response, Watched watched, long known) {
		HttpServerResponse server = ServerHttpResponseDecorator.getNativeResponse(response);
		return this.limit
			.during(Mono.defer(response::setComplete).then(Mono.create((end) -> open(server, watched, known, end))));
	}

	private void open(HttpServerResponse response, Watched watched, long known, MonoSink<Void> end) {
		response.withConnection((connection) -> {
			Channel channel = connection.channel();
			LoopStreams streams = this.loops.computeIfAbsent(channel.eventLoop(),
					(loop) -> new LoopStreams(loop, this::updates, this.writeTimeout));
			Mono<Void> headers = Mono.defer(() -> response.sendHeaders().then());
			channel.eventLoop().execute(() -> streams.open(channel, headers, watched, known, end));
		});
	}

	private Flux<StatusFrame> updates(Watched watched) {
		return (watched.events().size() == 1) ? this.live.updates(watched.events().get(0))
				: this.live.updates(new LinkedHashSet<>(watched.events()));
	}

}
