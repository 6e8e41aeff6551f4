package dev.lastseat.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A connection with one stream of server-sent events, of which only the number of sold
 * tickets is read. It uses the thread of the load.
 */
final class StreamConnection extends ChannelInboundHandlerAdapter {

	private static final byte[] SOLD = "Sold\":".getBytes(StandardCharsets.US_ASCII);

	private static final int RADIX = 10;

	private final Channel channel;

	private final Sinks.Empty<Void> first = Sinks.empty();

	private @Nullable ByteBuf incomplete;

	private volatile int sold = -1;

	private volatile boolean lost;

	private IntConsumer states = (sold) -> {
	};

	StreamConnection(Channel channel) {
		this.channel = channel;
	}

	/**
	 * Opens the stream. Lazy.
	 * @return completes with the first state
	 */
	Mono<Void> open(RequestTemplate request) {
		return Mono.<Void>fromRunnable(() -> this.channel.writeAndFlush(request.of(this.channel.alloc(), 0)))
			.then(this.first.asMono());
	}

	/**
	 * @param states receives the number of sold tickets of each further state, on the
	 * thread of the load
	 */
	void listen(IntConsumer states) {
		this.states = states;
	}

	/** The number of sold tickets of the latest state. */
	int sold() {
		if (this.lost) {
			throw new IllegalStateException("the service closed a stream");
		}
		return this.sold;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		ByteBuf all = (ByteBuf) message;
		if (this.incomplete != null) {
			all = this.incomplete.writeBytes(all);
			((ByteBuf) message).release();
			this.incomplete = null;
		}
		int read = readLines(all);
		if (read == all.writerIndex()) {
			all.release();
		}
		else {
			this.incomplete = all.readerIndex(read);
		}
	}

	/** Returns the index behind the last complete line. */
	private int readLines(ByteBuf all) {
		int line = all.readerIndex();
		for (int end = lineEnd(all, line); end >= 0; end = lineEnd(all, line)) {
			readSold(all, line, end);
			line = end + 1;
		}
		return line;
	}

	private void readSold(ByteBuf all, int line, int end) {
		for (int index = all.indexOf(line, end, SOLD[0]); index >= 0; index = all.indexOf(index + 1, end, SOLD[0])) {
			if (isSold(all, index, end)) {
				received(number(all, index + SOLD.length, end));
				return;
			}
		}
	}

	private static int lineEnd(ByteBuf all, int line) {
		return all.indexOf(line, all.writerIndex(), (byte) '\n');
	}

	private static boolean isSold(ByteBuf all, int index, int end) {
		for (int letter = 0; letter < SOLD.length; letter++) {
			if (index + letter >= end || all.getByte(index + letter) != SOLD[letter]) {
				return false;
			}
		}
		return true;
	}

	private static int number(ByteBuf all, int from, int end) {
		int number = 0;
		for (int index = from; index < end && Character.isDigit(all.getByte(index)); index++) {
			number = number * RADIX + all.getByte(index) - '0';
		}
		return number;
	}

	private void received(int sold) {
		boolean further = this.sold >= 0;
		this.sold = sold;
		if (further) {
			this.states.accept(sold);
		}
		else {
			this.first.tryEmitEmpty();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		exceptionCaught(context, new IOException("the service closed a stream"));
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		this.lost = true;
		this.first.tryEmitError(cause);
		context.close();
	}

}
