package dev.lastseat.bench;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * Finds the status and the body of one response at a time. It reads the two headers that
 * tell the length and no other, because its cost is part of every measured value.
 */
final class ResponseParser {

	private static final byte[] CONTENT_LENGTH = lower("content-length:");

	private static final byte[] TRANSFER_ENCODING = lower("transfer-encoding:");

	private static final byte[] LAST_CHUNK = lower("0\r\n\r\n");

	/** The length of {@code HTTP/1.1} and the space after it. */
	private static final int STATUS = 9;

	private static final int NO_CONTENT = 204;

	private static final int UNKNOWN = -1;

	private static final int CHUNKED = -2;

	private static final int RADIX = 10;

	/** The bit that makes an ASCII letter lowercase. */
	private static final int SMALL = 0x20;

	private @Nullable ByteBuf bytes;

	private int status;

	/** The index of the body; unknown until the headers are complete. */
	private int body = UNKNOWN;

	private int length = UNKNOWN;

	private static byte[] lower(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Takes the next bytes of the connection.
	 * @return whether the response is complete
	 * @throws IllegalStateException when the length of the response is not known
	 */
	boolean completes(ByteBuf next) {
		ByteBuf all = (this.bytes == null) ? next : joined(this.bytes, next);
		this.bytes = all;
		if (this.body == UNKNOWN && !readHead(all)) {
			return false;
		}
		return (this.length == CHUNKED) ? endsWithLastChunk(all) : all.writerIndex() - this.body >= this.length;
	}

	private static ByteBuf joined(ByteBuf first, ByteBuf second) {
		try {
			return first.writeBytes(second);
		}
		finally {
			second.release();
		}
	}

	private boolean readHead(ByteBuf all) {
		this.length = UNKNOWN;
		int line = all.readerIndex();
		while (true) {
			int end = all.indexOf(line, all.writerIndex(), (byte) '\n');
			if (end < 0) {
				return false;
			}
			if (end - line <= 1) {
				this.body = end + 1;
				break;
			}
			readHeader(all, line, end);
			line = end + 1;
		}
		this.status = number(all, all.readerIndex() + STATUS, all.readerIndex() + STATUS + 3);
		if (this.status == NO_CONTENT) {
			this.length = 0;
		}
		if (this.length == UNKNOWN) {
			throw new IllegalStateException("a response of unknown length");
		}
		return true;
	}

	private void readHeader(ByteBuf all, int line, int end) {
		int first = all.getByte(line) | SMALL;
		if (first == 'c' && startsWith(all, line, end, CONTENT_LENGTH)) {
			this.length = number(all, line + CONTENT_LENGTH.length, end);
		}
		else if (first == 't' && startsWith(all, line, end, TRANSFER_ENCODING)) {
			this.length = CHUNKED;
		}
	}

	private static boolean startsWith(ByteBuf all, int line, int end, byte[] name) {
		if (end - line <= name.length) {
			return false;
		}
		for (int index = 0; index < name.length; index++) {
			int letter = all.getByte(line + index);
			if (name[index] != letter && name[index] != (letter | SMALL)) {
				return false;
			}
		}
		return true;
	}

	/** The digits between two indexes as a number. */
	private static int number(ByteBuf all, int from, int to) {
		int number = 0;
		for (int index = from; index < to; index++) {
			int digit = all.getByte(index) - '0';
			if (digit >= 0 && digit < RADIX) {
				number = number * RADIX + digit;
			}
		}
		return number;
	}

	/** There is no second response behind it: one request is in flight at a time. */
	private boolean endsWithLastChunk(ByteBuf all) {
		int start = all.writerIndex() - LAST_CHUNK.length;
		if (start < this.body) {
			return false;
		}
		for (int index = 0; index < LAST_CHUNK.length; index++) {
			if (all.getByte(start + index) != LAST_CHUNK[index]) {
				return false;
			}
		}
		return true;
	}

	int status() {
		return this.status;
	}

	/**
	 * The body as it was sent: with the sizes of its chunks, if it has any. Valid until
	 * {@link #reset}.
	 */
	ByteBuf body() {
		ByteBuf all = this.bytes;
		if (all == null) {
			throw new IllegalStateException("no response");
		}
		return all.slice(this.body, all.writerIndex() - this.body);
	}

	/** Prepares for the next response. */
	void reset() {
		if (this.bytes != null) {
			this.bytes.release();
		}
		this.bytes = null;
		this.body = UNKNOWN;
	}

	/** The body of a response as text. */
	static String text(ByteBuf body) {
		return new String(ByteBufUtil.getBytes(body), StandardCharsets.UTF_8);
	}

}
