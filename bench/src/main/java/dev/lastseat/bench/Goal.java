package dev.lastseat.bench;

/**
 * The goal of a ratio.
 *
 * @param atLeast true for a lower bound, false for an upper bound
 * @param noneLate whether the first candidate must also decide every request within
 * {@link Run#DEADLINE}
 */
record Goal(boolean atLeast, double bound, boolean noneLate) {

	static Goal atLeast(double bound) {
		return new Goal(true, bound, false);
	}

	static Goal atMost(double bound) {
		return new Goal(false, bound, false);
	}

	Goal withNoneLate() {
		return new Goal(this.atLeast, this.bound, true);
	}

	/**
	 * @param late the late requests of the first candidate
	 */
	boolean isMetBy(double ratio, long late) {
		boolean reached = this.atLeast ? ratio >= this.bound : ratio <= this.bound;
		return reached && !(this.noneLate && late > 0);
	}

}
