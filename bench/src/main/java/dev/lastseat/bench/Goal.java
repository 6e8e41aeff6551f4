package dev.lastseat.bench;

/**
 * What a ratio should be.
 *
 * @param atLeast whether more is better
 * @param noneLate whether the first candidate has to decide every request within
 * {@link Run#DEADLINE} as well
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
	 * @param late requests of the first candidate
	 */
	boolean isMetBy(double ratio, long late) {
		boolean reached = this.atLeast ? ratio >= this.bound : ratio <= this.bound;
		return reached && !(this.noneLate && late > 0);
	}

}
