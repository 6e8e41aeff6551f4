package dev.lastseat.bench;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Requests of one kind over HTTP, for one event after the other. Each request has its own
 * user.
 *
 * @param perEvent requests for one event, before the clients move on to the next
 */
record HeldExchange(List<HeldEvent> events, int perEvent, Kind kind) implements Exchange {

	/** The kinds of requests. */
	enum Kind {

		HOLD, BOOK_OR_CONFIRM

	}

	private HeldEvent event(int number) {
		return this.events.get(number / this.perEvent);
	}

	@Override
	public ByteBuf request(int number, ByteBufAllocator allocator) {
		HeldEvent event = event(number);
		return ((this.kind == Kind.HOLD) ? event.hold() : event.registration()).of(allocator, number);
	}

	@Override
	public boolean decided(int number, int status, ByteBuf body, long sent, long received) {
		return switch (this.kind) {
			case HOLD -> event(number).held(number, status, body);
			case BOOK_OR_CONFIRM -> event(number).registered(number, status, body);
		};
	}

}
