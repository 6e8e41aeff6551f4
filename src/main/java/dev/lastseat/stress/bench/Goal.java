package dev.lastseat.stress.bench;

/**
 * What a ratio should be.
 *
 * @param atLeast whether more is better
 */
record Goal(boolean atLeast, double bound) {

	static Goal atLeast(double bound) {
		return new Goal(true, bound);
	}

	static Goal atMost(double bound) {
		return new Goal(false, bound);
	}

	boolean isMetBy(double ratio) {
		return this.atLeast ? ratio >= this.bound : ratio <= this.bound;
	}

}
