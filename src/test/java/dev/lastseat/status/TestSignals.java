package dev.lastseat.status;

import dev.lastseat.booking.ChangeFeed;

/**
 * The signals of a process, for tests that live elsewhere.
 */
public final class TestSignals {

	private TestSignals() {
	}

	public static ChangeSignals of(ChangeFeed feed) {
		return new ChangeSignals(feed);
	}

}
