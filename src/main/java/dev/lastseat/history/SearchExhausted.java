package dev.lastseat.history;

/** The search has reached its budget without a result. */
final class SearchExhausted extends RuntimeException {

	SearchExhausted() {
		super("the search reached its budget: too many operations overlap or have an unknown outcome", null, false,
				false);
	}

}
