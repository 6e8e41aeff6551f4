package dev.lastseat.proof;

import java.util.Random;

/**
 * Where the random choices of a run come from. Another one each time, unless the system
 * property {@code lastseat.proof.seed} names one: the choices are then the same, though
 * not the moments at which the machine gets to them.
 */
final class Seed {

	private final long value = Long.getLong("lastseat.proof.seed", new Random().nextLong());

	/** A source of its own for each purpose, so that none disturbs another. */
	Random random(String purpose) {
		return new Random(this.value * 31 + purpose.hashCode());
	}

	@Override
	public String toString() {
		return "-Dlastseat.proof.seed=" + this.value;
	}

}
