package dev.lastseat.web.stream;

import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/**
 * The stream of a journal. Requests the next frame when the client has read the one
 * before, so that no more than one is in memory. All fields belong to the thread of the
 * event loop.
 */
final class JournalStream extends BaseSubscriber<JournalFrame> implements StreamWriter {

	private final EventLoop loop;

	private final Consumer<JournalStream> onClose;

	/** Null before the start and after the end. */
	private @Nullable OpenStream stream;

	private @Nullable JournalFrame frame;

	private boolean requested;

	private boolean completed;

	private boolean closed;

	/**
	 * @param onClose called when the stream has ended
	 */
	JournalStream(EventLoop loop, Consumer<JournalStream> onClose) {
		this.loop = loop;
		this.onClose = onClose;
	}

	/**
	 * @param frames may emit on any thread
	 */
	void follow(Flux<JournalFrame> frames, OpenStream stream) {
		this.stream = stream;
		stream.moveTo(0);
		frames.subscribe(this);
		advance(stream);
	}

	/** The first request follows when the opening of the stream is written. */
	@Override
	protected void hookOnSubscribe(Subscription subscription) {
	}

	@Override
	protected void hookOnNext(JournalFrame next) {
		whileOpen((open) -> {
			this.requested = false;
			this.frame = next;
			advance(open);
		});
	}

	/** The journal is at its end, or the process stops. */
	@Override
	protected void hookOnComplete() {
		whileOpen((open) -> {
			this.completed = true;
			advance(open);
		});
	}

	@Override
	protected void hookOnError(Throwable error) {
		whileOpen((open) -> open.fail(error));
	}

	private void whileOpen(Consumer<OpenStream> action) {
		this.loop.execute(() -> {
			OpenStream open = this.stream;
			if (open != null) {
				action.accept(open);
			}
		});
	}

	@Override
	public void advance(OpenStream stream) {
		if (stream.isWriting()) {
			return;
		}
		if (!stream.isOpened()) {
			stream.write(StreamLines.opening(), 0);
		}
		else if (this.frame != null) {
			stream.write(take(this.frame), 0);
		}
		else if (this.completed) {
			stream.writeLast(this.closed ? Unpooled.EMPTY_BUFFER : StreamLines.reconnectHint());
		}
		else if (!this.requested) {
			this.requested = true;
			request(1);
		}
	}

	private ByteBuf take(JournalFrame next) {
		this.frame = null;
		this.closed = next.last();
		return Unpooled.wrappedBuffer(next.bytes());
	}

	@Override
	public void ping(int second) {
		if (this.stream != null) {
			this.stream.pingAt(second, StreamLines.PING);
		}
	}

	@Override
	public void remove(OpenStream stream) {
		this.stream = null;
		dispose();
		this.onClose.accept(this);
	}

}
