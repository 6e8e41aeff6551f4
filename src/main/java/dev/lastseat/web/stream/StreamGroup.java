package dev.lastseat.web.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

/**
 * The streams of one event loop that watch the same events. They share one subscription.
 * A pass over the streams writes the latest frames to each stream that has no write in
 * progress; the others follow when their write is completed.
 */
final class StreamGroup implements StreamWriter, Disposable {

	/**
	 * The number of streams that are written before the event loop serves other
	 * connections again. Writing them takes about 2 ms.
	 */
	private static final int SLICE = 256;

	private final LatestFrames frames;

	private final EventLoop loop;

	private final Consumer<StreamGroup> onClose;

	private final Disposable.Swap subscription = Disposables.swap();

	private final List<OpenStream> streams = new ArrayList<>();

	/** Streams before this place are still to be visited by the pass. */
	private int unvisited;

	private boolean passing;

	/** Whether another pass is needed after the present one. */
	private boolean outdated;

	private boolean completed;

	/**
	 * @param onClose called when the group must not get any more streams
	 */
	StreamGroup(Watched watched, EventLoop loop, Consumer<StreamGroup> onClose) {
		this.frames = new LatestFrames(watched);
		this.loop = loop;
		this.onClose = onClose;
	}

	/**
	 * @param updates emits on the event loop
	 */
	void follow(Flux<StatusFrame> updates) {
		this.subscription.update(updates.subscribe(this::update, this::fail, this::complete));
	}

	void add(OpenStream stream) {
		stream.moveTo(this.streams.size());
		this.streams.add(stream);
		advance(stream);
	}

	/**
	 * Moves the last stream to the place of the removed one, which a pass may or may not
	 * have visited. The last stream was visited before.
	 */
	@Override
	public void remove(OpenStream stream) {
		int place = stream.place();
		OpenStream last = this.streams.remove(this.streams.size() - 1);
		if (last != stream) {
			this.streams.set(place, last);
			last.moveTo(place);
		}
		if (this.streams.isEmpty()) {
			dispose();
		}
	}

	private void update(StatusFrame frame) {
		this.frames.put(frame);
		pass();
	}

	/**
	 * The events are closed, or the process stops.
	 */
	private void complete() {
		this.completed = true;
		this.onClose.accept(this);
		pass();
	}

	private void fail(Throwable error) {
		this.onClose.accept(this);
		List.copyOf(this.streams).forEach((stream) -> stream.fail(error));
	}

	/**
	 * Starts a pass after the updates that have already arrived, so that it writes them
	 * together.
	 */
	private void pass() {
		this.outdated = this.passing;
		if (!this.passing) {
			this.passing = true;
			this.loop.execute(() -> {
				this.unvisited = this.streams.size();
				visitSlice();
			});
		}
	}

	/**
	 * The rest is scheduled, because an event loop reads and writes other connections
	 * only when it has no more tasks.
	 */
	private void visitSlice() {
		this.unvisited = Math.min(this.unvisited, this.streams.size());
		int rest = Math.max(this.unvisited - SLICE, 0);
		while (this.unvisited > rest) {
			this.unvisited--;
			advance(this.streams.get(this.unvisited));
		}
		if (rest > 0) {
			this.loop.schedule(this::visitSlice, 1, TimeUnit.NANOSECONDS);
		}
		else {
			this.passing = false;
			if (this.outdated) {
				pass();
			}
		}
	}

	@Override
	public void advance(OpenStream stream) {
		if (stream.isWriting()) {
			return;
		}
		if (this.completed) {
			stream.writeLast(Unpooled.wrappedBuffer(next(stream),
					this.frames.areAllClosed() ? Unpooled.EMPTY_BUFFER : StreamLines.reconnectHint()));
		}
		else if (this.frames.isComplete() && stream.sent() < this.frames.number()) {
			stream.write(next(stream), this.frames.number());
		}
	}

	private ByteBuf next(OpenStream stream) {
		if (stream.isOpened()) {
			return this.frames.after(stream.sent());
		}
		ByteBuf opening = StreamLines.opening();
		return this.frames.isAt(stream.known()) ? opening : Unpooled.wrappedBuffer(opening, this.frames.after(0));
	}

	@Override
	public void ping(int second) {
		for (int place = this.streams.size() - 1; place >= 0; place--) {
			this.streams.get(place).pingAt(second, StreamLines.PING);
		}
	}

	/** Leaves the events. */
	@Override
	public void dispose() {
		this.onClose.accept(this);
		this.subscription.dispose();
	}

}
