package dev.lastseat.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Requests that have the same answer all the time: reads of a state that nothing changes,
 * and the bare route.
 */
final class SameAnswer implements Exchange {

	private static final int OK = 200;

	private final RequestTemplate request;

	private @Nullable ByteBuf first;

	SameAnswer(RequestTemplate request) {
		this.request = request;
	}

	@Override
	public ByteBuf request(int number, ByteBufAllocator allocator) {
		return this.request.of(allocator, number % RequestTemplate.MAX_USERS);
	}

	@Override
	public boolean decided(int number, int status, ByteBuf body, long sent, long received) {
		if (status != OK) {
			throw new IllegalStateException("unexpected response: " + status + " " + ResponseParser.text(body));
		}
		if (this.first == null) {
			this.first = Unpooled.copiedBuffer(body);
		}
		if (!ByteBufUtil.equals(this.first, body)) {
			throw new IllegalStateException(
					"two answers differ: " + ResponseParser.text(this.first) + " and " + ResponseParser.text(body));
		}
		return true;
	}

}
