package dev.lastseat.status;

import dev.lastseat.booking.ChangeFeed;

/**
 * The signals of a process, for tests that live elsewhere.
 */
public final class TestNotifier {

	private TestNotifier() {
	}

	public static ChangeNotifier of(ChangeFeed feed) {
		return new ChangeNotifier(feed);
	}

}
