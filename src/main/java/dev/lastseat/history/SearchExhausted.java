package dev.lastseat.history;

/**
 * The search looked at as many configurations as it may, and cannot tell.
 */
final class SearchExhausted extends RuntimeException {

	SearchExhausted() {
		super("too many operations overlap, or too many have an unknown outcome, to tell within the budget of the search",
				null, false, false);
	}

}
