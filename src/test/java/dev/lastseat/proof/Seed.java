package dev.lastseat.proof;

import java.util.Random;

/**
 * The seed of all random choices of a run. The system property {@code proof.seed} sets
 * it; otherwise each run has a new one. The same seed gives the same choices, but the
 * timing of the machine still differs.
 */
final class Seed {

	private final long value = Long.getLong("proof.seed", new Random().nextLong());

	/**
	 * Returns a separate generator for each purpose, so that they do not affect each
	 * other.
	 */
	Random random(String purpose) {
		return new Random(this.value * 31 + purpose.hashCode());
	}

	@Override
	public String toString() {
		return "-Dproof.seed=" + this.value;
	}

}
