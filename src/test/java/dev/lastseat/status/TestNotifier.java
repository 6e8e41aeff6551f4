package dev.lastseat.status;

import dev.lastseat.booking.ChangeFeed;

/**
 * Creates a {@link ChangeNotifier} for tests of other packages.
 */
public final class TestNotifier {

	private TestNotifier() {
	}

	public static ChangeNotifier of(ChangeFeed feed) {
		return new ChangeNotifier(feed);
	}

}
