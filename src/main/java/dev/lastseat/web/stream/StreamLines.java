package dev.lastseat.web.stream;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The parts of a stream that are not events.
 */
final class StreamLines {

	static final byte[] PING = bytes(": ping\n\n");

	private static final byte[] OPENING = bytes("retry: 2000\n\n");

	private StreamLines() {
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	static ByteBuf opening() {
		return Unpooled.wrappedBuffer(OPENING);
	}

	/**
	 * The last part of a stream that ends because the process stops. The time is random,
	 * so that not all clients reconnect in the same moment.
	 */
	static ByteBuf reconnectHint() {
		return Unpooled.wrappedBuffer(
				bytes("retry: " + ThreadLocalRandom.current().nextInt(1_000, 5_001) + "\n: the service ends\n\n"));
	}

}
