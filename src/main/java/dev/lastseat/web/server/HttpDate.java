package dev.lastseat.web.server;

import java.time.Clock;
import java.util.Date;

import io.netty.handler.codec.DateFormatter;
import io.netty.util.AsciiString;

/**
 * The current time as the value of the header {@code Date}. It is formatted once a
 * second.
 */
final class HttpDate {

	private final Clock clock;

	private volatile Formatted last = new Formatted(Long.MIN_VALUE, AsciiString.EMPTY_STRING);

	HttpDate(Clock clock) {
		this.clock = clock;
	}

	AsciiString now() {
		long second = Math.floorDiv(this.clock.millis(), 1000L);
		Formatted formatted = this.last;
		if (formatted.second() != second) {
			formatted = new Formatted(second, AsciiString.of(DateFormatter.format(new Date(second * 1000))));
			this.last = formatted;
		}
		return formatted.text();
	}

	private record Formatted(long second, AsciiString text) {
	}

}
