package dev.lastseat.web.stream;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

import dev.lastseat.booking.EventId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The latest frame of each watched event. The frames are numbered in the order of their
 * arrival. So one number says what a stream has sent and what it still has to send,
 * however slow its client is.
 */
final class LatestFrames {

	private final Watched watched;

	private final Map<EventId, Integer> places = new HashMap<>();

	private final StatusFrame[] frames;

	/** The numbers of the frames; 0 while the first state of the event is missing. */
	private final long[] numbers;

	private long number;

	private int missing;

	LatestFrames(Watched watched) {
		this.watched = watched;
		watched.events().forEach((event) -> this.places.put(event, this.places.size()));
		this.frames = new StatusFrame[watched.events().size()];
		this.numbers = new long[this.frames.length];
		this.missing = this.frames.length;
	}

	void put(StatusFrame frame) {
		int place = this.places.get(frame.event());
		this.missing -= (this.numbers[place] == 0) ? 1 : 0;
		this.number++;
		this.numbers[place] = this.number;
		this.frames[place] = frame;
	}

	/**
	 * @return the number of the latest frame
	 */
	long number() {
		return this.number;
	}

	/**
	 * Whether there is a frame of each event.
	 */
	boolean isComplete() {
		return this.missing == 0;
	}

	/**
	 * Whether the only event has exactly this revision.
	 */
	boolean isAt(long revision) {
		return this.watched.withIds() && isComplete() && this.frames[0].revision() == revision;
	}

	boolean areAllClosed() {
		return isComplete() && Arrays.stream(this.frames).allMatch(StatusFrame::closed);
	}

	/**
	 * @return the frames that came after the one with this number, in the order of the
	 * events; empty when there are none
	 */
	ByteBuf after(long sent) {
		if (this.frames.length == 1) {
			return (this.number > sent) ? this.watched.bytes(this.frames[0]) : Unpooled.EMPTY_BUFFER;
		}
		return Unpooled.wrappedBuffer(this.frames.length,
				IntStream.range(0, this.frames.length)
					.filter((place) -> this.numbers[place] > sent)
					.mapToObj((place) -> this.watched.bytes(this.frames[place]))
					.toArray(ByteBuf[]::new));
	}

}
