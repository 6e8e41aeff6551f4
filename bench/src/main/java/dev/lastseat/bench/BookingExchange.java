package dev.lastseat.bench;

import java.util.List;
import java.util.function.IntUnaryOperator;

import dev.lastseat.history.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Bookings of recorded events over HTTP. */
final class BookingExchange implements Exchange {

	private final List<RecordedEvent> events;

	private final IntUnaryOperator event;

	private final IntUnaryOperator user;

	/**
	 * @param event the index of the event of a request; a larger one counts from the
	 * first event again
	 * @param user the number of the user of a request
	 */
	BookingExchange(List<RecordedEvent> events, IntUnaryOperator event, IntUnaryOperator user) {
		this.events = events;
		this.event = event;
		this.user = user;
	}

	/** Each request is of a new user. */
	static BookingExchange of(RecordedEvent event) {
		return new BookingExchange(List.of(event), (number) -> 0, IntUnaryOperator.identity());
	}

	private RecordedEvent event(int number) {
		return this.events.get(this.event.applyAsInt(number) % this.events.size());
	}

	@Override
	public ByteBuf request(int number, ByteBufAllocator allocator) {
		return event(number).booking().of(allocator, this.user.applyAsInt(number));
	}

	@Override
	public boolean decided(int number, int status, ByteBuf body, long sent, long received) {
		Answer answer = event(number).answered(this.user.applyAsInt(number), status, body, sent, received);
		return answer != Answer.NOTHING_CHANGED && answer != Answer.UNKNOWN;
	}

}
