package dev.lastseat.web.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.concurrent.Queues;

/**
 * The streams whose connections belong to one event loop. Used by the thread of this
 * event loop only.
 */
final class LoopStreams {

	/**
	 * The interval of the pings of a stream, in seconds. Proxies close connections that
	 * are silent for 60 s, some after 30 s. Also, the server notices that a client has
	 * disconnected only when it sends something.
	 */
	private static final int PING_EVERY = 15;

	/** A journal has no revision. */
	private static final long NO_REVISION = Long.MIN_VALUE;

	private final EventLoop loop;

	private final Scheduler scheduler;

	private final Function<Watched, Flux<StatusFrame>> updates;

	private final Duration writeTimeout;

	private final Map<Watched, StreamGroup> groups = new HashMap<>();

	private final Set<JournalStream> journals = new HashSet<>();

	/** Ticks every second while there are streams. */
	private @Nullable Future<?> clock;

	private int second;

	/**
	 * @param updates the first state of each event in the order of the events, then the
	 * changes of all. Must support unbounded demand
	 */
	LoopStreams(EventLoop loop, Function<Watched, Flux<StatusFrame>> updates, Duration writeTimeout) {
		this.loop = loop;
		this.scheduler = Schedulers.fromExecutorService(loop);
		this.updates = updates;
		this.writeTimeout = writeTimeout;
	}

	/**
	 * Sends the headers and opens a stream of the latest states.
	 * @param known the revision that the client has
	 * @param end ends when the stream has ended; cancels the stream
	 */
	void open(Channel channel, Mono<Void> headers, Watched watched, long known, MonoSink<Void> end) {
		StreamGroup group = this.groups.computeIfAbsent(watched, this::newGroup);
		OpenStream stream = newStream(channel, known, end, group);
		stream.send(headers);
		group.add(stream);
		follow(stream, end);
	}

	/**
	 * Sends the headers and opens a stream of a journal.
	 * @param frames must support any demand
	 * @param end ends when the stream has ended; cancels the stream
	 */
	void openJournal(Channel channel, Mono<Void> headers, Flux<JournalFrame> frames, MonoSink<Void> end) {
		JournalStream journal = new JournalStream(this.loop, this::remove);
		this.journals.add(journal);
		OpenStream stream = newStream(channel, NO_REVISION, end, journal);
		stream.send(headers);
		journal.follow(frames, stream);
		follow(stream, end);
	}

	private OpenStream newStream(Channel channel, long known, MonoSink<Void> end, StreamWriter writer) {
		if (this.clock == null) {
			this.clock = this.loop.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
		}
		return new OpenStream(channel, this.writeTimeout, known, end, writer, this.second);
	}

	private static void follow(OpenStream stream, MonoSink<Void> end) {
		stream.endWithConnection();
		end.onCancel(stream);
	}

	/** The subscription emits later, as a task of the event loop. */
	private StreamGroup newGroup(Watched watched) {
		StreamGroup group = new StreamGroup(watched, this.loop, (closed) -> remove(watched, closed));
		group.follow(this.updates.apply(watched).publishOn(this.scheduler, queueSize(watched)));
		return group;
	}

	/** Each standing has a queue of its own, and needs the latest state only. */
	private static int queueSize(Watched watched) {
		return (watched.user() != null) ? 1 : Queues.SMALL_BUFFER_SIZE;
	}

	/**
	 * Pings the streams that are due in this second. The others follow in the next
	 * seconds, so that the pings of thousands of streams do not delay other responses.
	 */
	private void tick() {
		this.second = (this.second + 1) % PING_EVERY;
		new ArrayList<StreamWriter>(this.groups.values()).forEach((group) -> group.ping(this.second));
		new ArrayList<>(this.journals).forEach((journal) -> journal.ping(this.second));
	}

	private void remove(Watched watched, StreamGroup closed) {
		this.groups.remove(watched, closed);
		stopClockIfUnused();
	}

	private void remove(JournalStream closed) {
		this.journals.remove(closed);
		stopClockIfUnused();
	}

	private void stopClockIfUnused() {
		if (this.groups.isEmpty() && this.journals.isEmpty() && this.clock != null) {
			this.clock.cancel(false);
			this.clock = null;
		}
	}

}
