package dev.lastseat.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A connection with one stream of server-sent events, of which only one number is read.
 * It uses the thread of the load.
 */
final class StreamConnection extends ChannelInboundHandlerAdapter {

	/** The end of the field with the number of sold tickets of a status. */
	static final String SOLD = "Sold";

	/** The streams that are opened at the same time. */
	private static final int CONCURRENCY = 64;

	private static final int RADIX = 10;

	private final Channel channel;

	private final byte[] field;

	private final Sinks.Empty<Void> first = Sinks.empty();

	private @Nullable ByteBuf incomplete;

	private volatile int number = -1;

	private volatile boolean lost;

	private IntConsumer states = (number) -> {
	};

	/**
	 * @param field the name of a field with a number, or the end of the name; if its
	 * value is not a number, the number is 0. A frame without the field is ignored
	 */
	StreamConnection(Channel channel, String field) {
		this.channel = channel;
		this.field = (field + "\":").getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Opens streams of consecutive users, uses them and closes them.
	 * @param first the number of the first user, if the request names one
	 */
	static <T> Mono<T> opened(LoadGenerator generator, int port, int count, String field, RequestTemplate request,
			int first, Function<List<StreamConnection>, Mono<T>> use) {
		return generator.connected(port, count, (channel) -> new StreamConnection(channel, field),
				(streams) -> Flux.range(0, count)
					.flatMap((number) -> streams.get(number).open(request, first + number), CONCURRENCY)
					.then(Mono.defer(() -> use.apply(streams))));
	}

	/**
	 * Opens the stream. Lazy.
	 * @param user the number of the user, if the request names one
	 * @return completes with the first state
	 */
	Mono<Void> open(RequestTemplate request, int user) {
		return Mono.<Void>fromRunnable(() -> this.channel.writeAndFlush(request.of(this.channel.alloc(), user)))
			.then(this.first.asMono());
	}

	/**
	 * @param states receives the number of each further state, on the thread of the load
	 */
	void listen(IntConsumer states) {
		this.states = states;
	}

	/** The number of the latest state. */
	int number() {
		if (this.lost) {
			throw new IllegalStateException("the service closed a stream");
		}
		return this.number;
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
			readNumber(all, line, end);
			line = end + 1;
		}
		return line;
	}

	private void readNumber(ByteBuf all, int line, int end) {
		byte first = this.field[0];
		for (int index = all.indexOf(line, end, first); index >= 0; index = all.indexOf(index + 1, end, first)) {
			if (isField(all, index, end)) {
				received(number(all, index + this.field.length, end));
				return;
			}
		}
	}

	private static int lineEnd(ByteBuf all, int line) {
		return all.indexOf(line, all.writerIndex(), (byte) '\n');
	}

	private boolean isField(ByteBuf all, int index, int end) {
		for (int letter = 0; letter < this.field.length; letter++) {
			if (index + letter >= end || all.getByte(index + letter) != this.field[letter]) {
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

	private void received(int latest) {
		boolean further = this.number >= 0;
		this.number = latest;
		if (further) {
			this.states.accept(latest);
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
