package dev.lastseat.web.stream;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultHttpContent;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * A stream and its connection. At most one write is in progress at a time, and the
 * connection is closed when it takes longer than the write timeout. This limits the
 * memory of a client that stops reading.
 * <p>
 * Used by the thread of the event loop only, except {@link #dispose}.
 */
final class OpenStream implements ChannelFutureListener, Disposable {

	/**
	 * The send buffer of the operating system for a connection, in bytes. Linux doubles
	 * this value; without it, Linux lets the buffer grow to megabytes. 64 KB are
	 * sufficient for the largest stream: a hundred events that change all the time are
	 * 200 KB a second, over a connection with a round-trip time of up to 250 ms.
	 */
	private static final int SEND_BUFFER = 64 * 1024;

	private static final int REMOVED = -1;

	private static final long NOTHING = -1;

	private final Channel channel;

	private final Duration writeTimeout;

	private final long known;

	private final MonoSink<Void> end;

	private final StreamWriter writer;

	private final int pingSecond;

	private int place = REMOVED;

	private long sent = NOTHING;

	private boolean writing;

	private boolean last;

	private @Nullable Future<?> timeout;

	/**
	 * @param known the revision that the client has
	 * @param end ends when the stream has ended
	 * @param pingSecond the second in which the stream is pinged
	 */
	OpenStream(Channel channel, Duration writeTimeout, long known, MonoSink<Void> end, StreamWriter writer,
			int pingSecond) {
		this.channel = channel;
		this.writeTimeout = writeTimeout;
		this.known = known;
		this.end = end;
		this.writer = writer;
		this.pingSecond = pingSecond;
	}

	/**
	 * Does not wait until the headers are written: the timeout of the first write covers
	 * them.
	 */
	void send(Mono<Void> headers) {
		this.channel.config().setOption(ChannelOption.SO_SNDBUF, SEND_BUFFER);
		headers.subscribe(null, (error) -> this.channel.eventLoop().execute(() -> fail(error)));
	}

	/**
	 * Ends the stream when its connection is closed, or at once if it is closed already.
	 */
	void endWithConnection() {
		this.channel.closeFuture().addListener(this);
	}

	long known() {
		return this.known;
	}

	/**
	 * The place of this stream in its group.
	 */
	int place() {
		return this.place;
	}

	void moveTo(int place) {
		this.place = place;
	}

	boolean isOpened() {
		return this.sent != NOTHING;
	}

	/**
	 * The number of the latest frame that was written.
	 */
	long sent() {
		return this.sent;
	}

	boolean isWriting() {
		return this.writing;
	}

	/**
	 * @param number the number of the latest frame after this write
	 */
	void write(ByteBuf bytes, long number) {
		this.sent = number;
		if (bytes.isReadable()) {
			write(bytes);
		}
	}

	void writeLast(ByteBuf bytes) {
		this.last = true;
		write(bytes);
	}

	void pingAt(int second, byte[] ping) {
		if (second == this.pingSecond && isOpened() && !this.writing) {
			write(Unpooled.wrappedBuffer(ping));
		}
	}

	private void write(ByteBuf bytes) {
		this.writing = true;
		this.channel.writeAndFlush(new DefaultHttpContent(bytes)).addListener(this);
		// A write that is completed at once can start the next one, with its own timeout.
		if (this.writing && this.timeout == null) {
			this.timeout = this.channel.eventLoop()
				.schedule((Runnable) this.channel::close, this.writeTimeout.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	/**
	 * Receives the end of a write and the end of the connection. A stream whose
	 * connection is closed is complete: a client has no other way to end it.
	 */
	@Override
	public void operationComplete(ChannelFuture done) {
		if (done == this.channel.closeFuture()) {
			remove();
			this.end.success();
		}
		else {
			written(done);
		}
	}

	private void written(ChannelFuture write) {
		if (this.timeout != null) {
			this.timeout.cancel(false);
			this.timeout = null;
		}
		if (!write.isSuccess()) {
			this.channel.close();
		}
		else if (this.place != REMOVED) {
			this.writing = false;
			proceed();
		}
	}

	private void proceed() {
		if (this.last) {
			remove();
			this.end.success();
		}
		else {
			this.writer.advance(this);
		}
	}

	void fail(Throwable error) {
		remove();
		this.end.error(error);
	}

	/** Called by any thread when the stream is cancelled. */
	@Override
	public void dispose() {
		this.channel.eventLoop().execute(this::remove);
	}

	private void remove() {
		if (this.place != REMOVED) {
			this.writer.remove(this);
			this.place = REMOVED;
			this.channel.closeFuture().removeListener(this);
		}
	}

}
